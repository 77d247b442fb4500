// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Interop;
using Tci.Probe.Work;

namespace Tci.Probe.Engine;

/// <summary>The captures of this probe that are under way. Those that ended are read from their directory when somebody asks.</summary>
internal sealed class EngineCaptures(ProbeOptions options, EngineStarter starter, BackgroundWork work, TimeProvider time) : IDisposable
{
    public const int ActiveMax = 1024;

    private readonly Lock _adding = new();
    private readonly ConcurrentDictionary<CaptureId, EngineCapture> _active = new();

    public IEnumerable<EngineCapture> Active => _active.Values;

    public bool IsActive(CaptureId id) => _active.ContainsKey(id);

    /// <summary>
    /// The capture of a directory, taken over where another process started it. <see cref="ProblemCodes.NotFound"/> where nothing was ever asked for there.
    /// </summary>
    public Answer<EngineCapture> Find(CaptureId id, CaptureDirectory directory)
    {
        if (_active.TryGetValue(id, out var capture)) return capture;
        lock (_adding)
        {
            if (_active.TryGetValue(id, out capture)) return capture;
            try
            {
                if (JsonFile.TryRead<EngineView>(directory.Outcome, out var outcome)) return EngineCapture.Settled(id, directory, outcome);
                capture = new EngineCapture(id, directory);
                if (capture.SettleBySummary()) return capture;
                return JsonFile.TryRead<RequestFile>(directory.Request, out var request)
                    ? Adopt(capture, request)
                    : new Problem(ProblemCodes.NotFound, $"There is no capture {id} here.");
            }
            catch (Exception e) when (DiskTrouble.Is(e) || e is InvalidDataException)
            {
                return new Problem(ProblemCodes.CaptureLost, $"The directory of {id} cannot be read: {e.Message}");
            }
        }
    }

    /// <summary>Asks for a capture that is not there yet.</summary>
    public Answer<EngineCapture> Begin(CaptureId id, CaptureDirectory directory, ArmCapture request)
    {
        // A name that left the folder would have the engine read any file.
        if (request.Anonymise?.Key is { } key && !KeyName.IsValid(key))
            return new Problem(ProblemCodes.InvalidRequest, "The name of the key is not valid.", Field: "anonymise.key");
        lock (_adding)
        {
            if (_active.TryGetValue(id, out var capture)) return capture;
            capture = new EngineCapture(id, directory);
            return Queue(capture, stop => starter.Begin(capture, RequestFile.Of(id, request, options.ReplayFast, options.Keys), stop));
        }
    }

    /// <summary>Lets go of a capture that has ended; its directory tells the rest.</summary>
    public void Release(CaptureId id)
    {
        if (_active.TryRemove(id, out var capture)) capture.Dispose();
    }

    public void Dispose()
    {
        foreach (var id in _active.Keys) Release(id);
    }

    private Answer<EngineCapture> Adopt(EngineCapture capture, RequestFile request)
    {
        var outcome = CaptureLibrary.Open(capture.Directory.Path, out var handle);
        if (handle is not null)
        {
            capture.Attach(handle);
            _active[capture.Id] = capture;
            return capture;
        }
        if (outcome.Code != TciCode.NoCapture) return Outcomes.Problem(outcome.Code, outcome.Message)!;
        if (request.DeadlineUnixNs <= UnixTime.Nanoseconds(time.GetUtcNow()))
            return EngineCapture.Settled(capture.Id, capture.Directory, EngineViews.NotStarted(Late(request)));
        // The probe ended between writing the request and asking the engine. The engine's lock on the directory keeps this from starting it twice.
        return Queue(capture, stop => starter.Start(capture, stop));
    }

    private Answer<EngineCapture> Queue(EngineCapture capture, Action<CancellationToken> start)
    {
        if (_active.Count >= ActiveMax || !work.Engine.TryAdd(start))
            return new Problem(ProblemCodes.Overloaded, $"The probe has {_active.Count} captures under way. Try again when some have ended.");
        _active[capture.Id] = capture;
        return capture;
    }

    private static Problem Late(RequestFile request) => new(
        ProblemCodes.DeadlinePassed, $"The capture was asked for, but had not begun when its deadline passed at {UnixTime.Instant(request.DeadlineUnixNs):u}.");
}
