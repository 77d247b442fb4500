// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Interop;

namespace Tci.Probe.Engine;

/// <summary>Makes the view of a capture from what there is: the status page, the summary, or neither.</summary>
internal static class EngineViews
{
    private const int PcapHeaderBytes = 24;

    public static readonly EngineView Absent = new(EngineState.Absent, null, null, null, false);

    /// <summary>Asked for, and the engine has not answered yet.</summary>
    public static readonly EngineView Asked = new(EngineState.Arming, null, null, null, false);

    public static EngineView Of(in TciStatus status) => new(
        status.State switch
        {
            TciState.Arming => EngineState.Arming,
            TciState.Armed => EngineState.Armed,
            // Ended is what the summary says; until it is there the engine still works.
            _ => EngineState.Running,
        },
        EngineCounters.Of(status.Total),
        null,
        null,
        status.Total.Stored.Packets > 0)
    {
        Overload = status.Overloaded != 0 ? new CaptureOverload(Now: true) : null,
    };

    public static EngineView Of(SummaryFile summary)
    {
        var code = (TciCode)summary.End.Number;
        var times = summary.Times;
        return new EngineView(
            EngineState.Ended,
            summary.Counters.Total,
            new CaptureEnd(
                Outcomes.Reason(code),
                UnixTime.Instant(times.StartUnixNs),
                UnixTime.Instant(times.StopUnixNs ?? times.EndedUnixNs),
                UnixTime.Instant(times.FirstPacketUnixNs),
                UnixTime.Instant(times.LastPacketUnixNs)),
            Outcomes.Problem(code, summary.End.Message, summary.End.Position ?? -1, summary.Request.Filter),
            summary.Counters.Total?.Stored.Packets > 0,
            summary.Engine.Length > 0 ? summary.Engine : null)
        {
            Overload = summary.Overloads?.Of(),
        };
    }

    /// <summary>A capture whose engine died and whose directory nobody could complete.</summary>
    public static EngineView Lost(in TciStatus status, CaptureDirectory directory, string why) => new(
        EngineState.Ended,
        EngineCounters.Of(status.Total),
        new CaptureEnd(
            ProblemCodes.CaptureLost,
            UnixTime.Instant(status.StartUnixNs),
            UnixTime.Instant(status.UpdatedUnixNs),
            UnixTime.Instant(status.Total.FirstPacketUnixNs),
            UnixTime.Instant(status.Total.LastPacketUnixNs)),
        Outcomes.Problem(TciCode.Lost, why),
        directory.Exists && Directory.EnumerateFiles(directory.Path, "traffic.*").Any(file => new FileInfo(file).Length > PcapHeaderBytes))
    {
        Overload = status.Overloaded != 0 ? new CaptureOverload(Now: true) : null,
    };

    /// <summary>A capture that never began.</summary>
    public static EngineView NotStarted(Problem? problem) =>
        new(EngineState.Ended, null, new CaptureEnd(problem?.Code ?? "stopped", null, null, null, null), problem, false);
}
