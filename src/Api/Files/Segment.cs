// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>A run of bytes in something that is downloaded.</summary>
internal abstract record Segment(long Length);

/// <summary>Bytes that are at hand.</summary>
internal sealed record BytesSegment(ReadOnlyMemory<byte> Bytes) : Segment(Bytes.Length);

/// <summary>The first <paramref name="Length"/> bytes of a file on a probe.</summary>
/// <param name="Path">Relative to the capture's folder.</param>
internal sealed record FileSegment(CaptureId Capture, string Path, long Length) : Segment(Length);
