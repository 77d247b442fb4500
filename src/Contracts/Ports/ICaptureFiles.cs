// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>The files of finished captures on the probe a grain lives on. Long work begins, is asked after, and pokes the capture when it ends.</summary>
public interface ICaptureFiles
{
    /// <summary>Begins to merge, describe (info.json) and hash the files of an ended capture, or says how far that is. Repeating it does the work once.</summary>
    Task<Answer<WorkView>> Collect(CaptureId capture);

    /// <summary>Deletes the packet files; harmless where there are none.</summary>
    Task<Answer<Nothing>> DropRaw(CaptureId capture);

    /// <summary>Deletes the capture's directory; harmless where there is none. Refused with <see cref="ProblemCodes.Conflict"/> while the engine runs in it.</summary>
    Task<Answer<Nothing>> Delete(CaptureId capture);
}

/// <summary>Where a piece of long work is.</summary>
public enum WorkState
{
    /// <summary>Nothing is known of it.</summary>
    Absent,
    Running,
    Done,
    Failed,
}

/// <param name="Progress">Share, 0 to 1.</param>
/// <param name="Files">Once done.</param>
/// <param name="Program">Program and version that did it, once it is known.</param>
public sealed record WorkView(WorkState State, double Progress, IReadOnlyList<DataFile> Files, Problem? Problem, string? Program = null);
