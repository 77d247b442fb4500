// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Nodes;

namespace Tci.EndToEnd.Hostile;

/// <summary>A parameter of an operation.</summary>
/// <param name="In">path, query or header.</param>
public sealed record Parameter(string Name, string In, JsonNode? Schema, string? Example);

/// <summary>One operation of the OpenAPI document.</summary>
/// <param name="Body">Schema of what it takes as JSON; null where it takes none.</param>
/// <param name="BodyExample">One that is right.</param>
public sealed record Operation(string Id, string Method, string Path, IReadOnlyList<Parameter> Parameters, JsonNode? Body, JsonNode? BodyExample);

/// <summary>What a server says of itself at /openapi/v1.json.</summary>
public sealed class ApiDescription
{
    private readonly JsonNode _document;

    public ApiDescription(string json)
    {
        _document = JsonNode.Parse(json)!;
        Operations = [.. from path in _document["paths"]!.AsObject() from method in path.Value!.AsObject() select Read(path.Key, method.Key, method.Value!)];
    }

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The schema itself, where it is named elsewhere.</summary>
    public JsonNode? Resolve(JsonNode? schema) => (string?)schema?["$ref"] is { } name ? _document["components"]!["schemas"]![name[(name.LastIndexOf('/') + 1)..]] : schema;

    private static Operation Read(string path, string method, JsonNode operation)
    {
        var content = operation["requestBody"]?["content"]?["application/json"];
        var parameters = operation["parameters"]?.AsArray().Select(p => new Parameter((string)p!["name"]!, (string)p["in"]!, p["schema"], (string?)p["example"])) ?? [];
        return new Operation((string)operation["operationId"]!, method.ToUpperInvariant(), path, [.. parameters], content?["schema"], content?["example"]);
    }
}
