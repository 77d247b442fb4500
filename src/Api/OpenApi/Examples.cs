// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Nodes;

namespace Tci.Api.OpenApi;

/// <summary>What may be sent, in the OpenAPI document: a body an operation, a value a path parameter. A test sends each to a server.</summary>
internal static class Examples
{
    private const string Job = """{"name":"evening","points":["local/eth0"],"filter":"tcp port 443","limits":{"duration":"PT10S"},"processing":[{"processor":"flows"}],"labels":{"site":"brno"}}""";
    private const string NarrowerJob = """{"name":"evening","points":["local/eth0"],"filter":"tcp port 443","limits":{"duration":"PT10S","bytes":1000000},"priority":"High"}""";

    private static readonly Dictionary<string, string> s_bodies = new()
    {
        ["createJob"] = Job,
        ["validateJob"] = Job,
        ["estimateJob"] = Job,
        ["changeJob"] = NarrowerJob,
        ["labelJob"] = """{"set":{"site":"brno"},"remove":["draft"]}""",
        ["orderJobs"] = """{"action":"Cancel","filter":{"state":["Waiting"],"label":["site=brno"]},"countMax":20}""",
        ["processJob"] = """{"processing":[{"processor":"flows","parameters":{"mode":"compatible"}}]}""",
        ["createSchedule"] = $$"""{"name":"evenings","cron":"0 20 * * *","timeZone":"Europe/Prague","countMax":30,"job":{{Job}}}""",
        ["addPoint"] = """{"probe":"local","name":"replay","source":"pcap:/data/sample.pcap"}""",
        ["limitPoint"] = """{"capturesMax":2,"reservedBytesMax":10000000000,"allowsPreemption":true}""",
        ["maintainPoint"] = """{"reason":"new cable"}""",
        ["putQuota"] = """{"group":"research","bytesMax":1000000000000,"jobsMax":50,"capturesMax":8}""",
        ["holdJob"] = """{"reason":"incident 2026-17"}""",
        ["addGrant"] = """{"group":"research","role":"operator","pointGroup":"campus","payloadBytesMax":128}""",
        ["makeToken"] = """{"name":"nightly fetch","expires":"2027-01-31T00:00:00Z","scope":{"capabilities":["See","RawData"],"points":["local/eth0"]}}""",
        ["quickCapture"] = """{"target":"192.0.2.7","points":["local/eth0"],"duration":"PT1H"}""",
        ["putAccount"] = """{"displayName":"Ann Example","password":"seven grey herons at dawn"}""",
        ["signIn"] = """{"account":"ann","password":"seven grey herons at dawn"}""",
        ["changePassword"] = """{"current":"seven grey herons at dawn","password":"eight grey herons at dusk"}""",
        ["putGroup"] = """{"members":["ann","ben"]}""",
        ["putPointGroup"] = """{"members":["local/eth0","local/eth1"]}""",
        ["checkFilter"] = """{"point":"local/eth0","filter":"tcp port 443"}""",
    };

    private static readonly (string Place, string Value)[] s_places =
    [
        ("jobs/{id}", "job-mzxw6ytboi4dsmrt"), ("schedules/{id}", "schedule-mzxw6ytboi4dsmrt"), ("probes/{id}", "local"), ("points/{probe}", "local"), ("{probe}/{name}", "eth0"),
        ("files/{path}", "flow.csv"), ("files/{**path}", "flow.csv"), ("runs/{capture}", "0"), ("{capture}/{step}", "0"),
    ];

    /// <summary>Null where the operation has none.</summary>
    public static JsonNode? Body(string? operation) => operation is not null && s_bodies.TryGetValue(operation, out var text) ? JsonNode.Parse(text) : null;

    /// <summary>What stands for a parameter of a path; null where nothing is known to.</summary>
    public static string? PathValue(string path, string parameter) => s_places
        .Where(p => p.Place.TrimEnd('}').EndsWith("{" + parameter, StringComparison.Ordinal) || p.Place.EndsWith("{**" + parameter + "}", StringComparison.Ordinal))
        .Where(p => path.Contains(p.Place, StringComparison.Ordinal)).Select(p => p.Value).FirstOrDefault();
}
