// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Points;

/// <param name="Probe">Which has the source.</param>
/// <param name="Name">1 to 64 letters, digits and <c>- _ . @ :</c>.</param>
/// <param name="Source">What its engine opens: <c>afpacket:eth0</c>, <c>pcap:/data/sample.pcap</c>.</param>
public sealed record NewPoint(ProbeId Probe, string Name, string Source);

/// <summary>Adds a capture point by hand: 201, or 200 where it was there with the same source.</summary>
internal sealed class AddPoint(GrainCalls calls, ICatalog catalog, CommandAudit audit, RequestBody body)
{
    private const string Action = "point.add";

    public async Task<IResult> Run(HttpContext http)
    {
        var point = await body.Read<NewPoint>(http);
        if (!point.Ok) return await audit.Refuse(http, Action, "points", point.Problem);
        if (!PointId.TryParse($"{point.Value.Probe}/{point.Value.Name}", out var id))
            return await audit.Refuse(http, Action, "points", new Problem(ProblemCodes.NameInvalid, "A point's name has 1 to 64 letters, digits and - _ . @ : and does not begin with a dot.", Field: "name"));
        if (await UnknownProbe(id.Probe) is { } unknown) return await audit.Refuse(http, Action, id.Value, unknown);
        return await Define(http, id, point.Value.Source);
    }

    private async Task<IResult> Define(HttpContext http, PointId id, string source)
    {
        var wasThere = (await catalog.Points()).Any(p => p.Id == id);
        var request = new DefinePoint(source, PointOrigin.Added, Present: true, Detail: null, http.Caller());
        var answer = await audit.Order(http, Action, id.Value, () => calls.Ask($"The point {id}", g => g.Point(id).Define(request)));
        if (!answer.Ok) return answer.Problem.ToResult();
        if (!wasThere) http.Response.Headers.Location = $"/api/v1/points/{id}";
        return Versions.Answer(http, answer.Value, answer.Value.Version, wasThere ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private async Task<Problem?> UnknownProbe(ProbeId id)
    {
        var answer = await calls.Ask($"The probe {id}", g => g.Probe(id).Get(new GetProbe()));
        if (answer.Problem is not { Code: ProblemCodes.NotFound }) return answer.Problem;
        return new Problem(ProblemCodes.InvalidRequest, $"There is no probe {id}. GET /api/v1/probes lists those there are.", Field: "probe");
    }
}
