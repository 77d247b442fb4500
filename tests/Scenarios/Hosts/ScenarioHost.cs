// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Jobs;

namespace Tci.Scenarios.Hosts;

/// <summary>A whole information system with one probe, on one of the hosts. It can be stopped and started again; engines and disk of its probe live on meanwhile.</summary>
public abstract class ScenarioHost : IAsyncDisposable
{
    public static readonly Caller Alice = new("alice", "192.0.2.7");
    public static readonly ProbeId Probe = new("local");

    public JobOptions Jobs { get; init; } = new();

    /// <summary>Why nothing can run here; null where all is there.</summary>
    public virtual string? Missing => null;

    public abstract IGrains Grains { get; }

    public abstract ICatalog Catalog { get; }

    public abstract IJobCatalog JobCatalog { get; }

    /// <summary>By the clock of the information system.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Since the host was made, by no clock that jumps.</summary>
    public abstract TimeSpan Elapsed { get; }

    /// <summary>Engines that work on captures, not their launcher.</summary>
    public abstract IReadOnlyList<string> Engines { get; }

    /// <summary>Names of the capture directories on the probe.</summary>
    public abstract IReadOnlyList<string> CaptureFolders { get; }

    /// <summary>Packet files in them.</summary>
    public abstract int PacketFiles { get; }

    /// <summary>What the audit has of an action, as <c>account action resource result</c>, oldest first.</summary>
    public abstract Task<IReadOnlyList<string>> Audit(string action);

    /// <summary>Gives Alice the right to have captures made on all points, or takes it away. She has it at the first start.</summary>
    public abstract Task LetCreate(bool may);

    public abstract Task Start();

    public abstract Task Stop();

    public abstract Task Delay(TimeSpan time);

    /// <summary>Sets the clock of the information system by so much. The engines' clock, and what runs for a time, stays.</summary>
    public abstract void Jump(TimeSpan by);

    public abstract void KillEngines();

    /// <summary>SHA-256 of a finished file as it lies on the probe, in lower-case hex.</summary>
    public abstract Task<string> Sha256(CaptureId capture, string path);

    /// <summary>Puts a capture file on the probe and makes a point of it.</summary>
    /// <param name="step">Between two packets' time stamps: the pace at which the engine replays them.</param>
    public Task<PointId> PointOn(string name, int packets, TimeSpan step) => PointOn(name, WriteSource(name, packets, step));

    /// <summary>Makes a point of a source, whether that is there or not.</summary>
    public async Task<PointId> PointOn(string name, string source)
    {
        var id = new PointId(Probe, name);
        var answer = await Grains.Point(id).Define(new DefinePoint(source, PointOrigin.Added, true, null, Alice));
        return answer.Ok ? id : throw new InvalidOperationException(answer.Problem.Message);
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Puts a capture file on the probe; answers with the source that replays it.</summary>
    protected abstract string WriteSource(string name, int packets, TimeSpan step);
}
