// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Files;

/// <summary>Where captures lie under the probe's data folder.</summary>
internal sealed class CaptureDirectories(ProbeOptions options)
{
    public string Root { get; } = Path.GetFullPath(Path.Combine(options.DataFolder, "captures"));

    /// <summary>
    /// The directory of a capture of this probe, whether it is there or not. An id that is no id, or of another probe, is a problem: no path is made of it.
    /// </summary>
    public Answer<CaptureDirectory> Of(CaptureId id)
    {
        if (!CaptureId.TryParse(id.Value, out _)) return new Problem(ProblemCodes.InvalidRequest, "This is not the id of a capture: PROBE/JOB.N is.");
        if (id.Probe != options.Id) return new Problem(ProblemCodes.Unreachable, $"{id} is a capture of probe {id.Probe}; this is {options.Id}.");
        return new CaptureDirectory(Path.Combine(Root, id.Folder));
    }

    /// <summary>The captures that have a directory here, in no order. What is no capture's is passed over.</summary>
    public IEnumerable<(CaptureId Id, CaptureDirectory Directory)> All()
    {
        if (!Directory.Exists(Root)) yield break;
        foreach (var path in Directory.EnumerateDirectories(Root))
        {
            if (CaptureId.TryParse($"{options.Id}/{Path.GetFileName(path)}", out var id)) yield return (id, new CaptureDirectory(path));
        }
    }
}
