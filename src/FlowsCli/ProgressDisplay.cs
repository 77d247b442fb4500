// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows;

namespace Tci.FlowsCli;

/// <summary>Shows the progress of an export.</summary>
internal abstract class ProgressDisplay : IProgress<ExportProgress>
{
    /// <param name="kind">auto, json or none.</param>
    /// <param name="output">Standard output, for the program that runs this one.</param>
    /// <param name="errors">Standard error, for people.</param>
    public static ProgressDisplay Create(string kind, TextWriter output, TextWriter errors) => kind switch
    {
        "json" => new JsonProgress(output, TimeProvider.System),
        "auto" when !Console.IsErrorRedirected => new LineProgress(errors),
        _ => new NoProgress(),
    };

    /// <inheritdoc/>
    public abstract void Report(ExportProgress value);

    /// <summary>Nothing more will be reported: leave the place clean for other output.</summary>
    public virtual void Close()
    {
    }

    private sealed class NoProgress : ProgressDisplay
    {
        public override void Report(ExportProgress value)
        {
        }
    }
}
