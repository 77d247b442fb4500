// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.FlowsCli;

/// <summary>What the program returns; part of its interface.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Nothing was written: an input cannot be opened, the output cannot be written, or the run was cancelled.</summary>
    public const int Failure = 1;

    /// <summary>Wrong options or arguments.</summary>
    public const int Usage = 2;

    /// <summary>flow.csv holds what came before the damage in at least one input.</summary>
    public const int DamagedInput = 3;
}
