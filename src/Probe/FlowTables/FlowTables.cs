// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Flows.Index;
using Tci.Flows.Stats;
using Tci.Probe.Files;

namespace Tci.Probe.FlowTables;

/// <summary>Answers questions about the flow.csv of this probe's captures: so many at once, each for so long, beside the captures that run.</summary>
internal sealed class FlowTables(CaptureDirectories directories, ProbeOptions options, TimeProvider time) : IFlowTables, IDisposable
{
    private const int LimitMax = 1000;
    private const int ConditionsMax = 16;
    private const int SummaryBytesMax = 4 << 20;
    private readonly SemaphoreSlim _places = new(options.FlowQueriesMax);
    private int _asked;

    public Task<Answer<FlowTablePage>> Page(FlowTableQuery query, CancellationToken cancel)
    {
        if (query.Limit is < 1 or > LimitMax) return Problem<FlowTablePage>($"A limit is 1 to {LimitMax}.", "limit");
        if (query.Where.Count > ConditionsMax) return Problem<FlowTablePage>($"At most {ConditionsMax} conditions are asked for.", "where");
        if (!FlowOrders.TryParse(query.Sort, out var order)) return Problem<FlowTablePage>($"Flows are sorted by {string.Join(", ", FlowOrders.Names)}.", "sort");
        var conditions = new List<FlowCondition>();
        try
        {
            conditions.AddRange(query.Where.Select(FlowCondition.Parse));
        }
        catch (FormatException e)
        {
            return Problem<FlowTablePage>(e.Message, "where");
        }

        var wanted = new FlowQuery { Where = conditions, Order = order, Descending = query.Descending, Start = query.Start, Limit = query.Limit };
        return Guarded(query.Capture, query.Path, (folder, stop) => Read(folder, wanted, stop), cancel);
    }

    public Task<Answer<FlowTableSummary>> Summary(CaptureId capture, string path, CancellationToken cancel) =>
        Guarded(capture, path, (folder, _) => ReadSummary(folder), cancel);

    public void Dispose() => _places.Dispose();

    private static Answer<FlowTablePage> Read(string folder, FlowQuery query, CancellationToken stop)
    {
        using var table = FlowTableReader.Open(folder);
        if (query.Start < 0 || query.Start > table.Rows) return new Problem(ProblemCodes.InvalidRequest, "The cursor is not one of this table.", Field: "cursor");
        var page = table.Query(query, stop);
        return new FlowTablePage(
            [.. table.Columns.Select(c => new FlowTableColumn(c.Name, c.Type))], [.. page.Rows.Select(r => new Contracts.FlowTableRow(r.Number, r.Cells))], table.Rows, page.Matching, page.Next);
    }

    private static Answer<FlowTableSummary> ReadSummary(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FlowSummary.FileName), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (file.Length > SummaryBytesMax) throw new InvalidDataException($"{FlowSummary.FileName} has {file.Length} bytes.");
        return JsonSerializer.Deserialize<FlowTableSummary>(file, ContractJson.Options) ?? throw new InvalidDataException($"{FlowSummary.FileName} is empty.");
    }

    private async Task<Answer<T>> Guarded<T>(CaptureId capture, string path, Func<string, CancellationToken, Answer<T>> read, CancellationToken cancel)
    {
        var directory = directories.Of(capture);
        if (!directory.Ok) return directory.Problem;
        if (Folder(directory.Value.Data, path) is not { } folder) return Missing(path);
        if (Interlocked.Increment(ref _asked) > options.FlowQueriesMax + options.FlowQueriesWaitingMax)
        {
            Interlocked.Decrement(ref _asked);
            return new Problem(ProblemCodes.Overloaded, "Too many questions about flows wait on this probe. Ask again in a moment.");
        }

        try
        {
            return await InTime(path, folder, read, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _asked);
        }
    }

    private async Task<Answer<T>> InTime<T>(string path, string folder, Func<string, CancellationToken, Answer<T>> read, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(options.FlowQueryMax, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            await _places.WaitAsync(stop.Token);
            try
            {
                return await Task.Run(() => read(folder, stop.Token), stop.Token);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Problem(ProblemCodes.DeadlinePassed, $"The flows were not read within {options.FlowQueryMax.TotalSeconds:0} s. Ask for less, or again in a moment.");
        }
        catch (Exception e) when (e is FlowIndexException { Fault: FlowIndexFault.Missing } or FileNotFoundException or DirectoryNotFoundException)
        {
            return Missing(path);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException)
        {
            return new Problem(ProblemCodes.CaptureLost, $"The index or summary of {Shown(path)} cannot be used. Process the job again with the processor flows.");
        }
    }

    // The folder of a flow.csv that belongs to the capture; a link could lead out of it, so none is followed.
    private static string? Folder(string data, string path) => DataSetFiles.Locate(data, path) is { } file && Path.GetFileName(file) == Tci.Flows.FlowExporter.FileName
        ? Path.GetDirectoryName(file)
        : null;

    private static Problem Missing(string path) =>
        new(ProblemCodes.NotFound, $"{Shown(path)} has no index and summary: it was made by an older TCI, or is no table of flows. Process the job again with the processor flows.");

    private static string Shown(string path) => path.Length <= 80 ? path : path[..80] + "…";

    private static Task<Answer<T>> Problem<T>(string message, string field) =>
        Task.FromResult<Answer<T>>(new Problem(ProblemCodes.InvalidRequest, message, Field: field));
}
