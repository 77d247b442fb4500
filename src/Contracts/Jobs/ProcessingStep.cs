// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;

namespace Tci.Contracts;

/// <summary>One step of a job's processing.</summary>
public sealed record ProcessingStep
{
    /// <summary>A processor's name, for example the built-in <c>flows</c>.</summary>
    public required string Processor { get; init; }

    /// <summary>Parameters as the processor defines them; null takes its defaults.</summary>
    public JsonElement? Parameters { get; init; }
}
