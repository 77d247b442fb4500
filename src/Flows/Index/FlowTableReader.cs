// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Win32.SafeHandles;
using Tci.Flows.Reading;

namespace Tci.Flows.Index;

/// <summary>
/// Reads a flow.csv through its index: pages of rows, sorted and filtered, without loading the file. Safe for several
/// threads; answers stay those of the table that was opened, even when its files are replaced meanwhile.
/// </summary>
public sealed class FlowTableReader : IDisposable
{
    private readonly SafeFileHandle csv;
    private readonly SafeFileHandle index;
    private readonly IndexFooter footer;

    private FlowTableReader(SafeFileHandle csv, SafeFileHandle index, string directory)
    {
        this.csv = csv;
        this.index = index;
        footer = IndexFooter.Read(new PageReader(index), RandomAccess.GetLength(index));
        var size = RandomAccess.GetLength(csv);
        if (size != footer.CsvBytes)
            throw new FlowIndexException(FlowIndexFault.Stale, $"flow.csv in {directory} has {size} bytes now, and {footer.CsvBytes} when the index was made");
        if (CsvFingerprint.OfSamples(csv, size) != footer.CsvSamples)
            throw new FlowIndexException(FlowIndexFault.Stale, $"flow.csv in {directory} was changed after the index was made");
        Columns = RowReader.Header(csv, size);
    }

    /// <summary>Rows of the table.</summary>
    public long Rows => footer.Rows;

    /// <summary>The columns of flow.csv; empty for a table without rows.</summary>
    public IReadOnlyList<FlowColumn> Columns { get; }

    /// <param name="directory">Where flow.csv and flow.idx are.</param>
    /// <exception cref="FlowIndexException">The index is missing, damaged, or not of this flow.csv.</exception>
    /// <exception cref="IOException">flow.csv cannot be read.</exception>
    public static FlowTableReader Open(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var csv = File.OpenHandle(Path.Combine(directory, FlowExporter.FileName), share: FileShare.ReadWrite | FileShare.Delete);
        SafeFileHandle? index = null;
        try
        {
            index = File.OpenHandle(Path.Combine(directory, FlowIndex.FileName), share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.RandomAccess);
            return new FlowTableReader(csv, index, directory);
        }
        catch (Exception error)
        {
            csv.Dispose();
            index?.Dispose();
            if (error is FileNotFoundException)
                throw new FlowIndexException(FlowIndexFault.Missing, $"{directory} has no {FlowIndex.FileName}");
            throw;
        }
    }

    /// <summary>Opens a table; an index that is missing, damaged or stale is made again first.</summary>
    /// <param name="directory">Where flow.csv is, writable.</param>
    /// <param name="remade">Told why the index has to be made, before that begins.</param>
    /// <param name="progress">Of the making; may be null.</param>
    /// <param name="cancellation">Ends the making.</param>
    /// <exception cref="InvalidDataException">flow.csv is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static FlowTableReader OpenOrBuild(
        string directory, Action<FlowIndexException>? remade = null, IProgress<FlowIndexProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            return Open(directory);
        }
        catch (FlowIndexException error)
        {
            remade?.Invoke(error);
            FlowIndex.Build(directory, progress, cancellation);
            return Open(directory);
        }
    }

    /// <exception cref="ArgumentException">The limit or the start is outside its range.</exception>
    /// <exception cref="FlowIndexException">The index is damaged, or flow.csv was changed meanwhile.</exception>
    /// <exception cref="OperationCanceledException">The query was cancelled.</exception>
    public FlowPage Query(FlowQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Limit is < 1 or > FlowQuery.LimitMax)
            throw new ArgumentException($"The limit is {query.Limit}; it can be 1 to {FlowQuery.LimitMax}.", nameof(query));
        if (query.Start < 0 || query.Start > Rows)
            throw new ArgumentException($"The start is {query.Start}; the table has {Rows} rows.", nameof(query));
        var matching = query.Where.Count == 0 ? null : new RowFilter(new PageReader(index), footer, query.Where).Find(cancellation);
        var (rows, next) = new OrderWalk(new PageReader(index), footer).Take(query, matching, cancellation);
        var reader = new RowReader(csv, index, footer, Columns.Count);
        return new FlowPage([.. rows.Select(reader.Read)], matching?.Count ?? Rows, next);
    }

    /// <summary>Reads both files whole and compares all hashes.</summary>
    /// <exception cref="FlowIndexException">The index is damaged, or flow.csv is not the file it was made from.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public void Check(CancellationToken cancellation = default)
    {
        var pages = new PageReader(index);
        var data = new byte[IndexFormat.PageDataBytes];
        for (var page = 0L; page < RandomAccess.GetLength(index) / IndexFormat.PageBytes; page++)
        {
            cancellation.ThrowIfCancellationRequested();
            pages.Read(page * IndexFormat.PageDataBytes, data);
        }
        if (CsvFingerprint.OfAll(csv, footer.CsvBytes, cancellation) != footer.CsvHash)
            throw new FlowIndexException(FlowIndexFault.Stale, "flow.csv was changed after the index was made");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        csv.Dispose();
        index.Dispose();
    }
}
