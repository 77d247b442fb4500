// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Interop;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Engine;

[TestClass]
public sealed class EngineViewsTests
{
    [TestMethod]
    public void A_summary_becomes_a_view()
    {
        var view = EngineViews.Of(Summary(EndedCapture.Summary));
        Assert.AreEqual(EngineState.Ended, view.State);
        Assert.IsNull(view.Problem);
        Assert.IsTrue(view.HasFiles);
        Assert.AreEqual(new CaptureEnd("duration", At(1), At(11), At(2), null), view.End);
        Assert.AreEqual(new Traffic(9, 900), view.Counters!.Seen);
        Assert.AreEqual(new Traffic(3, 300), view.Counters.Dropped["kernel"]);
        Assert.AreEqual(new Traffic(1, 40), view.Counters.Cut);
    }

    [TestMethod]
    public void A_summary_of_a_failed_start_says_why_and_where()
    {
        const string Failed = """
            {"version": 1, "engine": "tci-capture 0.1.0", "id": "x", "completedBy": "engine",
             "end": {"code": "bad-filter", "number": 5, "exitCode": 5, "message": "syntax error", "position": 4},
             "request": {"filter": "tcp prt"}}
            """;
        var view = EngineViews.Of(Summary(Failed));
        Assert.AreEqual(ProblemCodes.InvalidFilter, view.Problem!.Code);
        Assert.AreEqual(4, view.Problem.Position);
        Assert.AreEqual(new CaptureEnd("invalid-filter", null, null, null, null), view.End);
        Assert.IsFalse(view.HasFiles);
    }

    [TestMethod]
    [DataRow(1, EngineState.Arming)]
    [DataRow(2, EngineState.Armed)]
    [DataRow(3, EngineState.Running)]
    [DataRow(4, EngineState.Running)]
    public void A_status_becomes_a_view_with_every_counter(int state, EngineState expected)
    {
        var status = new TciStatus { State = (TciState)state };
        status.Total.Stored = new TciAmount { Packets = 2, Bytes = 200 };
        status.Total.DroppedNoBuffer = new TciAmount { Packets = 1, Bytes = 100 };
        var view = EngineViews.Of(status);
        Assert.AreEqual(expected, view.State);
        Assert.AreEqual(new Traffic(2, 200), view.Counters!.Stored);
        Assert.AreEqual(new Traffic(1, 100), view.Counters.Dropped["noBuffer"]);
        CollectionAssert.AreEquivalent(new[] { "kernel", "diskFull", "noBuffer", "engineLost" }, view.Counters.Dropped.Keys.ToArray());
    }

    [TestMethod]
    public void An_overload_is_told_while_it_lasts_and_in_full_at_the_end()
    {
        Assert.IsNull(EngineViews.Of(new TciStatus { State = TciState.Running }).Overload);
        Assert.AreEqual(new CaptureOverload(Now: true), EngineViews.Of(new TciStatus { State = TciState.Running, Overloaded = 1 }).Overload);

        const string None = "\"overloads\": {\"count\": 0, \"ms\": 0, \"times\": []}";
        const string Two = """
            "overloads": {"count": 2, "ms": 12500, "times": [{"queue": 1, "beganUnixNs": 1700000004000000000, "endedUnixNs": null},
                                                             {"queue": 0, "beganUnixNs": 1700000003000000000, "endedUnixNs": 1700000008500000000}]}
            """;
        Assert.IsNull(EngineViews.Of(Summary(EndedCapture.Summary)).Overload, "One of an older engine.");
        Assert.IsNull(EngineViews.Of(With(None)).Overload);
        Assert.AreEqual(new CaptureOverload(false, 2, TimeSpan.FromSeconds(12.5), At(3)), EngineViews.Of(With(Two)).Overload);

        static SummaryFile With(string overloads) => Summary(EndedCapture.Summary.TrimEnd()[..^1] + ", " + overloads + "}");
    }

    private static SummaryFile Summary(string text) => JsonSerializer.Deserialize<SummaryFile>(text, ContractJson.Options)!;

    private static DateTimeOffset At(int seconds) => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + seconds);
}
