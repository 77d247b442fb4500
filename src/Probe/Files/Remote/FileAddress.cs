// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Files.Remote;

/// <summary>Where this probe's files are served; null where nothing serves them to other hosts.</summary>
internal sealed class FileAddress
{
    public Uri? Value { get; set; }
}
