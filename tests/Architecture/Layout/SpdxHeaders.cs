// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Architecture.Layout;

/// <summary>Every source file says its licence on the first line, or below the line that names its interpreter.</summary>
public sealed class SpdxHeaders : IRule
{
    private static readonly string[] s_sources = [".cs", ".c", ".h", ".sh", ".awk", ".py", ".ts", ".cmake", "CMakeLists.txt"];

    public IEnumerable<Plant> Plants =>
        [.. s_sources.Select(s => new Plant("src/Planted/x" + s, "x")), new("src/Api/Late.cs", "using System;\n// SPDX-License-Identifier: BSD-3-Clause\n")];

    public IEnumerable<string> Check(SourceTree tree) => tree.Below("", s_sources).Where(p => !Says(tree.Text(p))).Select(p => $"{p} does not start with its licence.");

    private static bool Says(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n', 3);
        var first = lines[0].StartsWith("#!", StringComparison.Ordinal) && lines.Length > 1 ? lines[1] : lines[0];
        return first.Contains("SPDX-License-Identifier: BSD-3-Clause", StringComparison.Ordinal);
    }
}
