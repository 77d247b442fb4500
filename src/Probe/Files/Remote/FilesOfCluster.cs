// SPDX-License-Identifier: BSD-3-Clause
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Probe.Files.Remote;

/// <summary>Reads from whichever probe holds a capture: from this host's disk where that is its own, over the file port of another. What cannot be reached is <see cref="ProblemCodes.Unreachable"/>.</summary>
internal sealed class FilesOfCluster : IDataSetFiles, IFlowTables, IRunLogs, IDisposable
{
    private static readonly TimeSpan s_connectMax = TimeSpan.FromSeconds(3);
    private readonly ProbeAddresses _probes;
    private readonly LocalFiles? _local;
    private readonly HttpClient _http;

    /// <param name="secret">What the file ports of the cluster want to see.</param>
    public FilesOfCluster(ProbeAddresses probes, string secret, LocalFiles? local)
    {
        (_probes, _local) = (probes, local);

        // Deadlines of a whole answer are its callers'.
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = s_connectMax, UseProxy = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(FilePort.Scheme.Trim(), secret);
    }

    public Task<Answer<Stream>> Open(CaptureId capture, string path, long offset, CancellationToken cancel) => IsOwn(capture)
        ? _local!.Files.Open(capture, path, offset, cancel)
        : Ask(capture, new HttpRequestMessage(HttpMethod.Get, Address(FileRoutes.File, ("capture", capture.Value), ("path", path), ("offset", $"{offset}"))), async answer =>
        {
            var stream = await answer.Content.ReadAsStreamAsync(cancel);
            return new AnswerStream(answer, stream) as Stream;
        }, cancel);

    public Task<Answer<FlowTablePage>> Page(FlowTableQuery query, CancellationToken cancel) => IsOwn(query.Capture)
        ? _local!.Tables.Page(query, cancel)
        : Ask(query.Capture, new HttpRequestMessage(HttpMethod.Post, Address(FileRoutes.Page)) { Content = JsonContent.Create(query, options: ContractJson.Options) }, a => Read<FlowTablePage>(a, cancel), cancel);

    public Task<Answer<FlowTableSummary>> Summary(CaptureId capture, string path, CancellationToken cancel) => IsOwn(capture)
        ? _local!.Tables.Summary(capture, path, cancel)
        : Ask(capture, new HttpRequestMessage(HttpMethod.Get, Address(FileRoutes.Summary, ("capture", capture.Value), ("path", path))), a => Read<FlowTableSummary>(a, cancel), cancel);

    public Task<Answer<RunLog>> Read(RunId run, CancellationToken cancel) => IsOwn(run.Capture)
        ? _local!.Logs.Read(run, cancel)
        : Ask(run.Capture, new HttpRequestMessage(HttpMethod.Get, Address(FileRoutes.Log, ("run", run.Value))), a => Read<RunLog>(a, cancel), cancel);

    public void Dispose() => _http.Dispose();

    private bool IsOwn(CaptureId capture) => _local?.Probe == capture.Probe;

    private async Task<Answer<T>> Ask<T>(CaptureId capture, HttpRequestMessage request, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancel)
    {
        var address = await _probes.Of(capture.Probe, cancel);
        if (!address.Ok) return address.Problem!;
        request.RequestUri = new Uri(address.Value, request.RequestUri!);
        try
        {
            var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.IsSuccessStatusCode) return await read(answer);
            using (answer) return await Read<Problem>(answer, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new Problem(ProblemCodes.Unreachable, $"The files of the probe {capture.Probe} cannot be reached at {address.Value}: {e.Message}");
        }
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer, CancellationToken cancel)
    {
        using (answer)
            return await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options, cancel) ?? throw new JsonException("The answer is null.");
    }

    private static Uri Address(string path, params (string Name, string Value)[] query) =>
        new(path + "?" + string.Join('&', query.Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value)}")), UriKind.Relative);
}
