// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Captures;

namespace Tci.Grains.Tests.Captures;

[TestClass]
public sealed class CaptureDecisionsTests
{
    private static readonly Problem s_gone = new(ProblemCodes.SourceGone, "The interface eth9 was removed.");

    public static IEnumerable<object?[]> Cases() =>
    [
        [CaptureState.Arming, EngineState.Arming, null, false, CaptureState.Arming],
        [CaptureState.Arming, EngineState.Armed, null, false, CaptureState.Armed],
        [CaptureState.Arming, EngineState.Absent, null, false, CaptureState.Arming],
        [CaptureState.Arming, EngineState.Ended, s_gone, false, CaptureState.Failed],
        [CaptureState.Armed, EngineState.Running, null, false, CaptureState.Capturing],
        [CaptureState.Armed, EngineState.Absent, null, false, CaptureState.Failed],
        [CaptureState.Capturing, EngineState.Ended, null, true, CaptureState.Ended],
        [CaptureState.Capturing, EngineState.Ended, null, false, CaptureState.Ended],
        [CaptureState.Capturing, EngineState.Ended, s_gone, true, CaptureState.Ended],
        [CaptureState.Capturing, EngineState.Ended, s_gone, false, CaptureState.Failed],
        [CaptureState.Capturing, EngineState.Absent, null, false, CaptureState.Failed],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void What_the_engine_says_moves_the_capture(CaptureState before, EngineState engine, Problem? problem, bool hasFiles, CaptureState after)
    {
        var record = new CaptureRecord { State = before };
        CaptureDecisions.Take(record, new EngineView(engine, null, null, problem, hasFiles));
        Assert.AreEqual(after, record.State);
        if (engine == EngineState.Ended) Assert.AreEqual(problem, record.Problem);
    }

    [TestMethod]
    public void A_directory_that_vanished_is_a_lost_capture()
    {
        var record = new CaptureRecord { State = CaptureState.Capturing };
        CaptureDecisions.Take(record, new EngineView(EngineState.Absent, null, null, null, false));
        Assert.AreEqual(ProblemCodes.CaptureLost, record.Problem!.Code);
    }

    [TestMethod]
    public void An_overload_that_is_over_stays_known()
    {
        var record = new CaptureRecord { State = CaptureState.Capturing };
        var running = new EngineView(EngineState.Running, null, null, null, true);
        CaptureDecisions.Take(record, running);
        Assert.IsNull(record.Overload);
        CaptureDecisions.Take(record, running with { Overload = new CaptureOverload(Now: true) });
        CaptureDecisions.Take(record, running);
        Assert.AreEqual(new CaptureOverload(Now: false), record.Overload);
        var all = new CaptureOverload(false, 1, TimeSpan.FromSeconds(6), DateTimeOffset.UnixEpoch);
        CaptureDecisions.Take(record, running with { State = EngineState.Ended, Overload = all });
        Assert.AreEqual(all, record.Overload);
    }

    [TestMethod]
    public void Collected_files_stay_with_the_engines_problem()
    {
        var record = new CaptureRecord { State = CaptureState.Collecting, Problem = s_gone };
        CaptureDecisions.Take(record, new WorkView(WorkState.Done, 1, [new DataFile("traffic.pcap", 24, "00", "00", true)], null));
        Assert.AreEqual(CaptureState.Collected, record.State);
        Assert.AreEqual(s_gone, record.Problem);
        Assert.HasCount(1, record.Files);
    }
}
