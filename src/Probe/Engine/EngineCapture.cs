// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Interop;

namespace Tci.Probe.Engine;

/// <summary>
/// One capture as this process sees it: asked for, then attached to the engine's pages, then settled for good. Any thread may call it.
/// </summary>
internal sealed class EngineCapture(CaptureId id, CaptureDirectory directory) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CaptureHandle? _handle;
    private EngineView _view = EngineViews.Asked;
    private TciStatus _status;
    private bool _settled;

    public CaptureId Id => id;

    public CaptureDirectory Directory => directory;

    /// <summary>Ends when the engine has answered, well or not.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Somebody wants it to end before it has begun.</summary>
    public bool StopWanted { get; private set; }

    /// <summary>No engine holds the directory, and its summary is missing.</summary>
    public bool Broken { get; private set; }

    public RepairPlan Repair { get; } = new();

    /// <summary>The state the grain was last told of.</summary>
    public EngineState Told { get; set; } = EngineState.Arming;

    /// <summary>Whether the grain was last told of an overload.</summary>
    public bool ToldOverload { get; set; }

    public static EngineCapture Settled(CaptureId id, CaptureDirectory directory, EngineView view)
    {
        var capture = new EngineCapture(id, directory);
        capture.Settle(view);
        return capture;
    }

    /// <summary>What is known now: one read of the status page, and of the summary when it is the end.</summary>
    public EngineView Look()
    {
        lock (_gate)
        {
            if (_settled || _handle is null) return _view;
            // A read that fails is one of a page written faster than it can be read; the last one stays true.
            if (!CaptureLibrary.Status(_handle, out var status).Ok) return _view;
            _status = status;
            if (status.State == TciState.Ended && SettleBySummary()) return _view;
            Broken = status.Alive == 0;
            return _view = EngineViews.Of(status);
        }
    }

    /// <summary>Takes the engine's pages, and hands on a wish to stop that came before them.</summary>
    public void Attach(CaptureHandle handle)
    {
        lock (_gate)
        {
            _handle = handle;
            if (StopWanted) CaptureLibrary.Stop(handle);
        }
        _answered.TrySetResult();
    }

    public void Settle(EngineView view)
    {
        lock (_gate)
        {
            _view = view;
            _settled = true;
            Broken = false;
        }
        _answered.TrySetResult();
    }

    /// <summary>Settles with the engine's summary; false where there is none yet.</summary>
    public bool SettleBySummary()
    {
        lock (_gate)
        {
            try
            {
                if (!JsonFile.TryRead<SummaryFile>(directory.Summary, out var summary)) return false;
                Settle(EngineViews.Of(summary));
            }
            catch (InvalidDataException e)
            {
                Settle(EngineViews.Lost(_status, directory, e.Message));
            }
            catch (Exception e) when (DiskTrouble.Is(e))
            {
                // Too many open files, say: the next look may read it.
                return false;
            }
            return true;
        }
    }

    /// <summary>What to say of a capture that can be neither watched nor repaired.</summary>
    public EngineView Lost(string why)
    {
        lock (_gate) return EngineViews.Lost(_status, directory, why);
    }

    public NativeOutcome StartAt(long unixNs)
    {
        lock (_gate)
        {
            if (_settled) return NativeOutcome.Good;
            return _handle is null ? new(TciCode.NoCapture, "The engine has not armed this capture yet") : CaptureLibrary.StartAt(_handle, unixNs);
        }
    }

    public NativeOutcome Stop()
    {
        lock (_gate)
        {
            StopWanted = true;
            return _handle is null || _settled ? NativeOutcome.Good : CaptureLibrary.Stop(_handle);
        }
    }

    /// <summary>Lets go of the pages. The capture goes on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _handle?.Dispose();
            _handle = null;
        }
    }
}
