// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Captures;

/// <summary>Stands for a file that is no capture: no frames, and the reason.</summary>
internal sealed class UnreadableReader : CaptureReader
{
    public UnreadableReader(string name, ByteWindow window, string problem)
        : base(name, window) => Note(problem);

    /// <inheritdoc/>
    protected override bool ReadFrame() => false;
}
