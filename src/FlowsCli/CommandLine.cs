// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;

namespace Tci.FlowsCli;

/// <summary>The whole program but for the process around it.</summary>
internal static class CommandLine
{
    /// <summary>Returns the exit code, see <see cref="ExitCode"/>.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        var parsed = FlowsCommand.Create(output, errors).Parse(arguments);
        var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors });
        // The parser has told its errors by now; what is left is the code of a wrong call.
        return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
    }
}
