// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Bench.Jobs;

/// <summary>An engine that is done at once, or runs until it is stopped: what remains is the cost of the grains and the store.</summary>
internal sealed class StandInEngine(bool ends) : ICaptureEngine
{
    private static readonly CaptureCounters s_counters = new()
    {
        Seen = new(10, 1000),
        Stored = new(10, 1000),
        OutsideWindow = Traffic.None,
        Filtered = Traffic.None,
        SampledOut = Traffic.None,
        Cut = Traffic.None,
        Dropped = new Dictionary<string, Traffic>(),
        InFlight = Traffic.None,
    };

    private readonly System.Collections.Concurrent.ConcurrentDictionary<CaptureId, EngineState> _captures = new();

    public Task<Answer<EngineView>> Begin(CaptureId capture, ArmCapture request) => View(_captures.GetOrAdd(capture, EngineState.Armed));

    public Task<Answer<EngineView>> Look(CaptureId capture) => View(_captures.GetValueOrDefault(capture, EngineState.Absent));

    public Task<Answer<EngineView>> StartAt(CaptureId capture, DateTimeOffset instant) => View(_captures[capture] = ends ? EngineState.Ended : EngineState.Running);

    public Task<Answer<EngineView>> Stop(CaptureId capture) => View(_captures[capture] = EngineState.Ended);

    private static Task<Answer<EngineView>> View(EngineState state) => Task.FromResult<Answer<EngineView>>(new EngineView(
        state, s_counters, state == EngineState.Ended ? new CaptureEnd("packets", null, null, null, null) : null, null, state == EngineState.Ended, "stand-in 0"));
}

/// <summary>Files that are there at once.</summary>
internal sealed class StandInFiles : ICaptureFiles
{
    private static readonly WorkView s_done = new(WorkState.Done, 1, [new DataFile("traffic.pcap", 24, new string('0', 64), "00000000", true)], null);

    public Task<Answer<WorkView>> Collect(CaptureId capture) => Task.FromResult<Answer<WorkView>>(s_done);

    public Task<Answer<Nothing>> DropRaw(CaptureId capture) => Task.FromResult<Answer<Nothing>>(Nothing.Value);

    public Task<Answer<Nothing>> Delete(CaptureId capture) => Task.FromResult<Answer<Nothing>>(Nothing.Value);
}

/// <summary>Neither runs nor filters are part of this measurement.</summary>
internal sealed class NoProcessing : IProcessors, IFilterCompiler
{
    public Task<Answer<WorkView>> Begin(RunId run, BeginRun request) => throw new NotSupportedException();

    public Task<Answer<WorkView>> Look(RunId run) => throw new NotSupportedException();

    public Task<Answer<Nothing>> Cancel(RunId run) => throw new NotSupportedException();

    public Task<Answer<FilterVerdict>> Check(string filter) => Task.FromResult<Answer<FilterVerdict>>(new FilterVerdict(false, 1));
}
