// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Reads finished files from the probe that holds them, for downloads. Never goes through a grain.</summary>
public interface IDataSetFiles
{
    /// <summary>Opens a file at an offset. Missing is <see cref="ProblemCodes.NotFound"/>, its probe away <see cref="ProblemCodes.Unreachable"/>.</summary>
    Task<Answer<Stream>> Open(CaptureId capture, string path, long offset, CancellationToken cancel);
}
