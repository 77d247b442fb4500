// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.OpenApi;

/// <summary>Makes the OpenAPI document (3.1) say what types alone do not: texts that are ids, durations, sign-in, headers.</summary>
internal static class OpenApiDescription
{
    private const string SchemeName = "token";

    private static readonly Dictionary<Type, string> s_idPatterns = new()
    {
        [typeof(JobId)] = "^job-[A-Za-z0-9_@:-]{1,60}$",
        [typeof(ScheduleId)] = "^schedule-[A-Za-z0-9_@:-]{1,48}$",
        [typeof(ProbeId)] = "^[A-Za-z0-9_@:-][A-Za-z0-9_.@:-]{0,63}$",
        [typeof(PointId)] = "^[A-Za-z0-9_@:-][A-Za-z0-9_.@:-]{0,63}/[A-Za-z0-9_@:-][A-Za-z0-9_.@:-]{0,63}$",
        [typeof(CaptureId)] = "^[^/]+/job-[^./]+\\.[0-9]{1,4}$",
        [typeof(RunId)] = "^[^/]+/job-[^./]+\\.[0-9]{1,4}\\.[0-9]{1,4}$",
    };

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddSchemaTransformer(DescribeText);
        options.AddDocumentTransformer(DescribeDocument);
        options.AddOperationTransformer(DescribeOperation);
    }

    private static Task DescribeText(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var text = JsonSchemaType.String | (type == context.JsonTypeInfo.Type ? 0 : JsonSchemaType.Null);
        if (type == typeof(TimeSpan)) (schema.Type, schema.Format, schema.Pattern) = (text, "duration", null);
        if (type.IsEnum) schema.Type = text;
        if (s_idPatterns.TryGetValue(type, out var pattern)) (schema.Type, schema.Pattern) = (text, pattern);
        if (context.JsonTypeInfo.ElementType is { } element && s_idPatterns.TryGetValue(element, out var each))
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = each };
        // What is null is left out of answers.
        foreach (var absent in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable)) schema.Required?.Remove(absent.Name);
        return Task.CompletedTask;
    }

    private static Task DescribeDocument(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "TCI",
            Version = "v1",
            Description = "Traffic Capture Infrastructure: capture jobs, their progress and their data sets. Every error is application/problem+json (RFC 9457) with a stable 'code'.",
        };
        // Whoever asked this time; the document is the same for all.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token, tci_…" },
        };
        return Task.CompletedTask;
    }

    private static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var said = context.Description.ActionDescriptor.EndpointMetadata;
        var isOpen = said.OfType<Need>().Any(n => n.Place == NeedPlace.Open);
        if (context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true && !isOpen)
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, context.Document)] = [] }];
        // A stream is text of its own form, not the JSON that the same address gives otherwise.
        if (operation.Responses?.TryGetValue("200", out var answer) == true && answer.Content?.TryGetValue("text/event-stream", out var stream) == true)
            stream.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
        AddExamples(operation, context.Description.RelativePath ?? "");
        foreach (var type in context.Description.SupportedResponseTypes) AddExample(operation, type);
        foreach (var header in said.OfType<TakenHeader>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        return Task.CompletedTask;
    }

    // An answer of JSON lines shows one of them.
    private static void AddExample(OpenApiOperation operation, ApiResponseType answer)
    {
        if (answer.StatusCode >= 400 || AnswerExamples.Of(answer.Type) is not { } example || operation.Responses?.TryGetValue($"{answer.StatusCode}", out var response) != true) return;
        foreach (var (form, content) in response!.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            if (form is "application/json" or "application/jsonl") content.Example = example.DeepClone();
        }
    }

    private static void AddExamples(OpenApiOperation operation, string path)
    {
        if (Examples.Body(operation.OperationId) is { } body && operation.RequestBody?.Content?.TryGetValue("application/json", out var json) == true) json.Example = body;
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path))
        {
            if (Examples.PathValue(path, parameter.Name!) is { } value) parameter.Example = value;
        }
    }
}
