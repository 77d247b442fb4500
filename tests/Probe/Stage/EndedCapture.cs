// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Tests.Stage;

/// <summary>Directories as an engine leaves them, for tests that need no engine.</summary>
internal static class EndedCapture
{
    public static readonly CaptureId Id = new(new ProbeId("local"), new JobId("job-1"), 0);

    public static string Folder(TempFolder data) => data.In("captures/job-1.0");

    /// <summary>Makes the directory with request, summary and the traffic files given.</summary>
    public static void Make(TempFolder data, params (string Name, byte[] Content)[] traffic)
    {
        Directory.CreateDirectory(Folder(data));
        File.WriteAllText(Path.Combine(Folder(data), "request.json"), """
            {"version":1,"id":"job-1.0","source":"afpacket:veth0","limits":{"packets":1},"deadlineUnixNs":1790000060000000000,"arm":true}
            """);
        File.WriteAllText(Path.Combine(Folder(data), "summary.json"), Summary);
        foreach (var (name, content) in traffic) File.WriteAllBytes(Path.Combine(Folder(data), name), content);
    }

    public const string Summary = """
        {
          "version": 1, "engine": "tci-capture 0.1.0", "id": "job-1.0", "completedBy": "engine",
          "end": {"code": "duration", "number": 64, "exitCode": 0, "message": "10 s are over"},
          "source": {"name": "afpacket:veth0", "kind": "afpacket", "linkType": 1,
                     "interface": {"name": "veth0", "mac": "02:00:00:00:00:01", "mtu": 1500, "addresses": ["fe80::1/64", "10.0.0.1/24"]}},
          "request": {"filter": "tcp port 443", "snaplen": 262144, "durationMs": 10000, "bytes": null, "packets": null},
          "times": {"createdUnixNs": 1700000000000000000, "armedUnixNs": 1700000000100000000, "startUnixNs": 1700000001000000000,
                    "stopUnixNs": 1700000011000000000, "endedUnixNs": 1700000011200000000, "firstPacketUnixNs": 1700000002000000000, "lastPacketUnixNs": null},
          "counters": {"total": {"seen": {"packets": 9, "bytes": 900}, "stored": {"packets": 3, "bytes": 300}, "outsideWindow": {"packets": 1, "bytes": 100},
                                 "filtered": {"packets": 2, "bytes": 200}, "sampledOut": {"packets": 0, "bytes": 0}, "cut": {"packets": 1, "bytes": 40},
                                 "dropped": {"kernel": {"packets": 3, "bytes": 300}, "diskFull": {"packets": 0, "bytes": 0},
                                             "noBuffer": {"packets": 0, "bytes": 0}, "engineLost": {"packets": 0, "bytes": 0}},
                                 "inFlight": {"packets": 0, "bytes": 0}},
                       "queues": []},
          "files": [{"name": "traffic.0.0.pcap", "queue": 0, "bytes": 24, "packets": 0}]
        }
        """;
}
