// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Reading;

namespace Tci.Flows.Index;

/// <summary>One making of an index: the rows into blocks, then the names, then the orders, then the footer.</summary>
internal sealed class IndexBuild : IDisposable
{
    // Reading flow.csv is about as much work as all sorting.
    private const double ReadingShare = 0.5;

    private readonly FileStream csv;
    private readonly HashedStream hashed;
    private readonly FileStream output;
    private readonly PageWriter writer;
    private readonly Stream nameSpool;
    private readonly NameTable names;
    private readonly OrderSorter sorter;

    /// <param name="csv">Stays open until this is disposed.</param>
    /// <param name="output">Empty; can be read as well.</param>
    /// <param name="openSpool">Opens a temporary file.</param>
    /// <param name="sortEntries">How many rows are sorted in memory.</param>
    public IndexBuild(FileStream csv, FileStream output, Func<Stream> openSpool, int sortEntries = OrderSorter.DefaultEntriesMax)
    {
        this.csv = csv;
        this.output = output;
        hashed = new HashedStream(csv);
        writer = new PageWriter(output);
        nameSpool = openSpool();
        names = new NameTable(nameSpool);
        sorter = new OrderSorter(openSpool, sortEntries);
    }

    public long Run(IProgress<FlowIndexProgress>? progress, CancellationToken cancellation)
    {
        using var reader = new FlowCsvReader(hashed);
        var rows = WriteBlocks(reader, share => progress?.Report(new(reader.Rows, share * ReadingShare)), cancellation);
        var namesStart = writer.Position;
        names.CopyTo(writer);
        var footer = new IndexFooter(
            rows, hashed.Count, CsvFingerprint.OfSamples(csv.SafeFileHandle, hashed.Count), hashed.Hash, names.Count, namesStart, writer.Position);
        var blocks = new BlockReader(new PageReader(output.SafeFileHandle), footer);
        for (var order = FlowOrder.Time; order <= FlowOrders.Last; order++)
        {
            progress?.Report(new(rows, ReadingShare + ((1 - ReadingShare) * ((int)order - 1) / (int)FlowOrders.Last)));
            Sort(blocks, order, cancellation);
        }
        footer.Write(writer);
        progress?.Report(new(rows, 1));
        return rows;
    }

    public void Dispose()
    {
        nameSpool.Dispose();
        sorter.Dispose();
        hashed.Dispose();
    }

    private long WriteBlocks(FlowCsvReader reader, Action<double> report, CancellationToken cancellation)
    {
        if (reader.Columns.Count == 0)
            return 0;
        var row = new IndexedRow(reader);
        var block = new BlockBuffer();
        var filled = 0;
        while (reader.Read())
        {
            if (reader.Rows > IndexFormat.RowsMax)
                throw new InvalidDataException($"flow.csv has more than {IndexFormat.RowsMax} rows, which an index cannot number.");
            row.Store(block, filled);
            block.Set(IndexColumn.Name, filled, names.NumberOf(row.Name));
            if (++filled < IndexFormat.BlockRows)
                continue;
            cancellation.ThrowIfCancellationRequested();
            block.Write(writer, filled);
            filled = 0;
            report((double)csv.Position / Math.Max(1, csv.Length));
        }
        block.Write(writer, filled);
        writer.Align();
        return reader.Rows;
    }

    private void Sort(BlockReader blocks, FlowOrder order, CancellationToken cancellation)
    {
        for (var block = 0L; block < blocks.Blocks; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            OrderKeys.Add(blocks, block, order, sorter);
        }
        sorter.Finish(writer);
    }
}
