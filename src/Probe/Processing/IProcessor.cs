// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Probe.Processing;

/// <summary>A recipe: which program makes files of a capture.</summary>
internal interface IProcessor
{
    string Name { get; }

    /// <summary>The call for parameters as a user gave them; parameters it does not understand are <see cref="ProblemCodes.InvalidRequest"/>.</summary>
    /// <param name="input">The packets, a pcap file.</param>
    /// <param name="output">An empty folder for the results.</param>
    Answer<ProcessorCall> Plan(JsonElement? parameters, string input, string output);
}

/// <summary>A program with its arguments. It may report progress as JSON lines with a member <c>share</c>, 0 to 1, on standard output.</summary>
/// <param name="DamagedInputCode">The exit code that says: what came before damage in the input is there. Null: there is none.</param>
internal sealed record ProcessorCall(string Program, IReadOnlyList<string> Arguments, int? DamagedInputCode);
