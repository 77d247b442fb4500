// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Contracts;

namespace Tci.Probe.Files.Remote;

/// <summary>
/// What the file port answers, to the API's processes alone: an answer of the port it serves as JSON of the contracts, or a problem of theirs with the status 4xx or 5xx.
/// A file comes from the byte <c>offset</c> to its end.
/// </summary>
internal sealed class FileRoutes(FilePort port, LocalFiles local)
{
    public const string File = "/file", Page = "/flows", Summary = "/flow-summary", Log = "/run-log";

    private const int BufferBytes = 256 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(File, http => Allowed(http, () => SendFile(http)));
        routes.MapPost(Page, http => Allowed(http, async () =>
        {
            var query = await JsonSerializer.DeserializeAsync<FlowTableQuery>(http.Request.Body, ContractJson.Options, http.RequestAborted);
            await Send(http, await local.Tables.Page(query!, http.RequestAborted));
        }));
        routes.MapGet(Summary, http => Allowed(http, async () => await Send(http, await local.Tables.Summary(Capture(http), Text(http, "path"), http.RequestAborted))));
        routes.MapGet(Log, http => Allowed(http, async () => await Send(http, await local.Logs.Read(new RunId(Text(http, "run")), http.RequestAborted))));
    }

    private async Task Allowed(HttpContext http, Func<Task> answer)
    {
        if (!port.Knows(http.Request.Headers.Authorization.ToString()))
        {
            await Refuse(http, new Problem(ProblemCodes.Forbidden, "This port serves the API's processes of the cluster alone."));
            return;
        }

        try
        {
            await answer();
        }
        catch (Exception e) when (e is JsonException or FormatException && !http.Response.HasStarted)
        {
            await Refuse(http, new Problem(ProblemCodes.InvalidRequest, e.Message));
        }
    }

    private async Task SendFile(HttpContext http)
    {
        var offset = long.Parse(Text(http, "offset"), NumberStyles.None, CultureInfo.InvariantCulture);
        var opened = await local.Files.Open(Capture(http), Text(http, "path"), offset, http.RequestAborted);
        if (!opened.Ok)
        {
            await Refuse(http, opened.Problem!);
            return;
        }

        await using var stream = opened.Value;
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = stream.Length - offset;
        await stream.CopyToAsync(http.Response.Body, BufferBytes, http.RequestAborted);
    }

    private static Task Send<T>(HttpContext http, Answer<T> answer) =>
        answer.Ok ? http.Response.WriteAsJsonAsync(answer.Value, ContractJson.Options, http.RequestAborted) : Refuse(http, answer.Problem!);

    private static Task Refuse(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Code switch
        {
            ProblemCodes.Forbidden => StatusCodes.Status403Forbidden,
            ProblemCodes.NotFound => StatusCodes.Status404NotFound,
            ProblemCodes.InvalidRequest => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status503ServiceUnavailable,
        };
        return http.Response.WriteAsJsonAsync(problem, ContractJson.Options, http.RequestAborted);
    }

    private static CaptureId Capture(HttpContext http) =>
        CaptureId.TryParse(Text(http, "capture"), out var capture) ? capture : throw new FormatException("This is not the id of a capture.");

    private static string Text(HttpContext http, string name) => http.Request.Query[name].ToString();
}
