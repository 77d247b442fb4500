// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tci.Api.Tests.OpenApi;

[TestClass]
public sealed class OpenApiTests
{
    private const string Golden = "tests/golden/openapi.json";
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    [TestMethod]
    public async Task The_document_is_the_golden_one()
    {
        await using var server = await Server.Start();
        using var client = new HttpClient { BaseAddress = server.Address };
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
        Assert.AreEqual("3.1.", ((string)document["openapi"]!)[..4]);
        var text = document.ToJsonString(s_indented) + "\n";
        var path = RepositoryFiles.PathOf(Golden);
        if (Environment.GetEnvironmentVariable("TCI_REFRESH_GOLDEN") == "1") await File.WriteAllTextAsync(path, text);
        Assert.AreEqual(
            await File.ReadAllTextAsync(path),
            text,
            $"The API is not the one of {Golden}. If it was meant to change, and only in ways that old clients bear, refresh it: TCI_REFRESH_GOLDEN=1 dotnet test tests/Api, and review the difference.");
    }

    [TestMethod]
    public async Task Every_operation_has_a_name_a_summary_and_its_problems()
    {
        await using var server = await Server.Start();
        var document = await server.GetJson("/openapi/v1.json");
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                Assert.IsNotNull(operation!["operationId"], $"{method} {path}");
                Assert.IsNotNull(operation["summary"], $"{method} {path}");
                if (path.StartsWith("/api/", StringComparison.Ordinal) && path != "/api/v1/sign-in") Assert.IsNotNull(operation["security"], $"{method} {path}");
            }
        }
    }
}
