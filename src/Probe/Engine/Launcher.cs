// SPDX-License-Identifier: BSD-3-Clause
using Tci.Probe.Installation;
using Tci.Probe.Interop;

namespace Tci.Probe.Engine;

/// <summary>Sees to it that the engine's launcher listens. May take <see cref="ProbeOptions.LaunchTimeout"/>: background threads only.</summary>
internal sealed class Launcher(ProbeOptions options)
{
    public NativeOutcome Ensure()
    {
        var program = Programs.Find("tci-capture");
        var outcome = CaptureLibrary.Launch(options.Socket, program.Value, options.LaunchTimeout);
        // Without its program the library can only say that nobody answers; what to do about it is to build.
        if (outcome.Code != TciCode.NoLauncher || program.Problem is not { } missing) return outcome;
        return outcome with { Message = $"{outcome.Message}; {missing.Message}" };
    }
}
