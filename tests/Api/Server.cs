// SPDX-License-Identifier: BSD-3-Clause
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.AspNetCore.Http;
using Tci.Api.Rights;
using Tci.Contracts;
using Tci.Store;
using Tci.Store.Tokens;

namespace Tci.Api.Tests;

/// <summary>The API on a real port, with a real store and made-up entities.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tci-api-").FullName;
    private readonly WebApplication _app;

    private Server(ApiOptions options, Action<IServiceCollection>? change)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddTciStore(new StoreOptions { Path = DatabasePath });
        builder.Services.AddTciApi(options);
        builder.Services.AddSingleton<IGrains>(Grains).AddSingleton<IDataSetFiles>(Files).AddSingleton<IFlowTables>(Tables).AddSingleton<IRunLogs>(Tables);
        builder.Logging.AddProvider(Logs);
        change?.Invoke(builder.Services);
        _app = builder.Build();
        _app.MapTciApi();
        _app.MapGet("/api/v1/test/fault", string () => throw new InvalidOperationException("secret detail")).NeedsSignIn().ExcludeFromDescription();
        _app.MapGet("/api/v1/test/undeclared", () => "nobody should see this").ExcludeFromDescription();
    }

    public FakeGrains Grains { get; } = new();

    public FakeFiles Files { get; } = new();

    public FakeTables Tables { get; } = new();

    public LogLines Logs { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => Client.BaseAddress!;

    public string Token { get; private set; } = "";

    public IServiceProvider Services => _app.Services;

    public IJobCatalog Jobs => _app.Services.GetRequiredService<IJobCatalog>();

    public IPlaceCatalog Places => _app.Services.GetRequiredService<IPlaceCatalog>();

    public ICatalog Catalog => _app.Services.GetRequiredService<ICatalog>();

    private string DatabasePath => Path.Combine(_folder, "tci.db");

    public static async Task<Server> Start(ApiOptions? options = null, Action<IServiceCollection>? change = null)
    {
        var server = new Server(options ?? new ApiOptions(), change);
        await server._app.StartAsync();
        var file = Path.Combine(server._folder, "admin-token");
        await server._app.Services.GetRequiredService<AdminToken>().Ensure(file);
        server.Token = (await File.ReadAllTextAsync(file)).Trim();
        server.Client = server.NewClient();
        return server;
    }

    public HttpClient NewClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client;
    }

    public Task<HttpResponseMessage> Post(string path, string json, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, json, headers);

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<JsonNode> GetJson(string path)
    {
        var response = await Client.GetAsync(path);
        Assert.AreEqual(200, (int)response.StatusCode, await response.Content.ReadAsStringAsync());
        return await Json(response);
    }

    public static async Task<JsonNode> Json(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    /// <summary>Checks that an answer is a whole problem document of RFC 9457, and gives it.</summary>
    public static async Task<JsonNode> Problem(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(status, (int)response.StatusCode, text);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.ToString(), text);
        var problem = JsonNode.Parse(text)!;
        Assert.AreEqual(code, (string?)problem["code"], text);
        Assert.AreEqual("/problems/" + code, (string?)problem["type"]);
        Assert.AreEqual(status, (int)problem["status"]!);
        Assert.IsFalse(string.IsNullOrWhiteSpace((string?)problem["title"]) || string.IsNullOrWhiteSpace((string?)problem["detail"]), text);
        return problem;
    }

    /// <summary>What came of commands, as <c>account action resource result</c>, oldest first.</summary>
    public List<string> Audit() => [.. AuditRows().Where(r => !r.EndsWith(" ordered", StringComparison.Ordinal))];

    /// <summary>The same with the rows that stand before orders.</summary>
    public List<string> AuditRows()
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        return [.. connection.Query<string>("SELECT account || ' ' || action || ' ' || resource || ' ' || result FROM audit ORDER BY id")];
    }

    /// <summary>All there is in a table, as text.</summary>
    public List<string> Dump(string table)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        return [.. connection.Query($"SELECT * FROM {table}").Select(r => string.Join('|', ((IDictionary<string, object?>)r).Values))];
    }

    public void Sql(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Execute(statement);
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
