// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Processors on the probe a grain lives on. Work begins, is asked after, and pokes the run when it ends.</summary>
public interface IProcessors
{
    /// <summary>Begins a run, or says how far it is. Where the probe restarted in the middle it begins again from the untouched input.</summary>
    Task<Answer<WorkView>> Begin(RunId run, BeginRun request);

    Task<Answer<WorkView>> Look(RunId run);

    /// <summary>Ends it and deletes what it left; harmless where there is none.</summary>
    Task<Answer<Nothing>> Cancel(RunId run);
}
