// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Probe.Interop;

/// <summary>
/// The verbs of libtcicapture. Those with a timeout may take as long as that and belong on a background thread; the others only touch mapped pages.
/// A library that is missing is an outcome like any other.
/// </summary>
internal static class CaptureLibrary
{
    // TCI_ANSWER_BYTES_MAX: enough for every list of sources.
    private const int AnswerBytesMax = 262144;
    private const int LinkTypeEthernet = 1;
    private const int SnaplenMax = 262144;

    /// <summary>The library's version, null where there is none.</summary>
    public static string? Version() => Missing() is null ? System.Runtime.InteropServices.Marshal.PtrToStringUTF8(Native.Version()) : null;

    /// <summary>Sees to it that a launcher answers on the socket; starts the program detached where none does, unless it is null.</summary>
    public static NativeOutcome Launch(string socket, string? program, TimeSpan timeout)
    {
        if (Missing() is { } missing) return missing;
        var code = Native.Launch(socket, program, Milliseconds(timeout), out var error);
        return NativeOutcome.Of(code, error);
    }

    /// <summary>Starts the capture of a directory; returns when it is armed or could not be.</summary>
    public static NativeOutcome Start(string socket, string directory, TimeSpan timeout, out CaptureHandle? capture)
    {
        capture = null;
        if (Missing() is { } missing) return missing;
        var code = Native.Start(socket, directory, Milliseconds(timeout), out var handle, out var error);
        return Take(code, error, handle, out capture);
    }

    /// <summary>Takes over a capture that was started before, by whomever. Needs no launcher.</summary>
    public static NativeOutcome Open(string directory, out CaptureHandle? capture)
    {
        capture = null;
        if (Missing() is { } missing) return missing;
        var code = Native.Open(directory, out var handle, out var error);
        return Take(code, error, handle, out capture);
    }

    /// <summary>Tells an armed capture its start instant, in nanoseconds since 1970.</summary>
    public static NativeOutcome StartAt(CaptureHandle capture, long unixNs) => NativeOutcome.Of(Native.StartAt(capture, unixNs, out var error), error);

    public static NativeOutcome Stop(CaptureHandle capture) => NativeOutcome.Of(Native.Stop(capture, out var error), error);

    public static NativeOutcome Status(CaptureHandle capture, out TciStatus status) =>
        NativeOutcome.Of(Native.Status(capture, out status, out var error), error);

    /// <summary>Has the launcher complete a directory whose engine is gone.</summary>
    public static NativeOutcome Repair(string socket, string directory, TimeSpan timeout)
    {
        if (Missing() is { } missing) return missing;
        var code = Native.Repair(socket, directory, Milliseconds(timeout), out var error);
        return NativeOutcome.Of(code, error);
    }

    /// <summary>Compiles a filter for Ethernet in a limited process of the engine's.</summary>
    public static NativeOutcome CheckFilter(string socket, string filter, TimeSpan timeout, out int instructions)
    {
        instructions = 0;
        if (Missing() is { } missing) return missing;
        var bytes = Encoding.UTF8.GetBytes(filter);
        var code = Native.CheckFilter(socket, bytes, (nuint)bytes.Length, LinkTypeEthernet, SnaplenMax, Milliseconds(timeout), out instructions, out var error);
        return NativeOutcome.Of(code, error);
    }

    /// <summary>The sources of this host, in the engine's JSON.</summary>
    public static NativeOutcome ListSources(string socket, TimeSpan timeout, out byte[] json)
    {
        json = [];
        if (Missing() is { } missing) return missing;
        var buffer = new byte[AnswerBytesMax];
        var code = Native.ListSources(socket, Milliseconds(timeout), buffer, (nuint)buffer.Length, out var needed, out var error);
        if (code == TciCode.Ok) json = buffer[..((int)needed - 1)];
        return NativeOutcome.Of(code, error);
    }

    private static NativeOutcome? Missing() => LibraryLoader.Load() is { } problem ? new(TciCode.NoLauncher, problem.Message) : null;

    private static NativeOutcome Take(TciCode code, in TciError error, CaptureHandle handle, out CaptureHandle? capture)
    {
        capture = code == TciCode.Ok ? handle : null;
        if (code != TciCode.Ok) handle.Dispose();
        return NativeOutcome.Of(code, error);
    }

    private static int Milliseconds(TimeSpan time) => (int)Math.Clamp(time.TotalMilliseconds, 1, int.MaxValue);
}
