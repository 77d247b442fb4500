// SPDX-License-Identifier: BSD-3-Clause
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.EndToEnd.Stage;

/// <summary>An answer of the API.</summary>
public sealed record Reply(int Status, string? ContentType, byte[] Body, HttpResponseHeaders Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public T As<T>() => JsonSerializer.Deserialize<T>(Body, ContractJson.Options)!;

    public override string ToString() => $"{Status} {ContentType}: {(Text.Length > 600 ? Text[..600] + "…" : Text)}";
}

/// <summary>The HTTP API as a client with the administrator's token uses it.</summary>
public sealed class Api : IDisposable
{
    private static readonly TimeSpan s_answerMax = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of a body that are not sent before the server has asked for them.</summary>
    private const int ExpectContinueAbove = 1 << 20;

    private readonly HttpClient _http;
    private readonly NetworkNamespace? _network;

    public Api(Uri address, NetworkNamespace? network, string token)
    {
        Address = address;
        Token = token;
        _network = network;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) => await Connect(cancel),
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(address, "/api/v1/"), Timeout = s_answerMax };
    }

    public Uri Address { get; }

    /// <summary>Sent with every request; null sends none.</summary>
    public string? Token { get; set; }

    /// <summary>A connection on which nothing was said yet.</summary>
    public async Task<NetworkStream> Connect(CancellationToken cancel)
    {
        var socket = _network is null ? NewSocket() : _network.Inside(NewSocket);
        await socket.ConnectAsync(Address.Host, Address.Port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Reply> Post(string path, string? json = null, string? key = null) =>
        Send(HttpMethod.Post, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), key);

    public Task<Reply> Post<T>(string path, T body, string? key = null) => Post(path, JsonSerializer.Serialize(body, ContractJson.Options), key);

    public async Task<Reply> Send(HttpMethod method, string path, HttpContent? body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        // A server that refuses a large body closes the connection; a client that is still sending may never read why.
        request.Headers.ExpectContinue = body?.Headers.ContentLength > ExpectContinueAbove;
        using var response = await _http.SendAsync(request);
        return new Reply((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(), response.Headers);
    }

    /// <summary>An answer whose body is still to be read.</summary>
    public async Task<HttpResponseMessage> Open(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A job that has to be accepted. A server that is too busy says 503; then the request is repeated with its key, as a client should.</summary>
    public async Task<JobView> Submit(JobSpec spec, string? key = null)
    {
        key ??= Guid.NewGuid().ToString();
        var deadline = DateTime.UtcNow + s_answerMax;
        var reply = await Post("jobs", spec, key);
        while (reply.Status == 503 && DateTime.UtcNow < deadline)
        {
            await Task.Delay(500);
            reply = await Post("jobs", spec, key);
        }

        Assert.IsTrue(reply.Status is 201 or 200, reply.ToString());
        return reply.As<JobView>();
    }

    public async Task<JobView> Job(JobId id)
    {
        var reply = await Get($"jobs/{id}");
        Assert.AreEqual(200, reply.Status, reply.ToString());
        return reply.As<JobView>();
    }

    /// <summary>Asks until a job is as wanted, and lets every answer on the way be looked at.</summary>
    public async Task<JobView> Until(JobId id, Func<JobView, bool> wanted, int secondsMax = 60, Action<JobView>? look = null)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(secondsMax);
        while (true)
        {
            var job = await Job(id);
            look?.Invoke(job);
            if (wanted(job)) return job;
            if (DateTime.UtcNow > deadline) Assert.Fail($"The job is not as wanted within {secondsMax} s: {AJob.Text(job)}");
            await Task.Delay(100);
        }
    }

    public Task<JobView> Ended(JobId id, int secondsMax = 60, Action<JobView>? look = null) => Until(id, j => j.State.IsFinal(), secondsMax, look);

    /// <summary>The agreed start of a capturing job has come, so that whatever is sent from now on is in its window.</summary>
    public async Task<JobView> Capturing(JobId id)
    {
        var job = await Until(id, j => j.State == JobState.Capturing || j.State.IsFinal());
        Assert.AreEqual(JobState.Capturing, job.State, AJob.Text(job));
        var ahead = job.Started!.Value - DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(100);
        if (ahead > TimeSpan.Zero) await Task.Delay(ahead);
        return job;
    }

    public void Dispose() => _http.Dispose();

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
