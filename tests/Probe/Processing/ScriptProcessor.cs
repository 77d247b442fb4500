// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Probe.Processing;

namespace Tci.Probe.Tests.Processing;

/// <summary>A processor that is a shell script; it finds input and output as $1 and $2.</summary>
internal sealed class ScriptProcessor(string name, string script) : IProcessor
{
    public string Name => name;

    public Answer<ProcessorCall> Plan(JsonElement? parameters, string input, string output) =>
        new ProcessorCall("/bin/sh", ["-c", script, "script", input, output], DamagedInputCode: 3);
}
