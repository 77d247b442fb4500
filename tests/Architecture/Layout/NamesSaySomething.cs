// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Architecture.Layout;

/// <summary>No folder, project or source file is named after having no subject.</summary>
public sealed class NamesSaySomething : IRule
{
    private static readonly HashSet<string> s_empty =
        new(["Common", "Shared", "Util", "Utils", "Utilities", "Helper", "Helpers", "Misc"], StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Plant> Plants =>
        [new("src/Common/X.cs", ""), new("src/Tci.Shared/X.cs", ""), new("native/src/utils/x.c", ""), new("src/Api/Helpers/X.cs", ""), new("src/Api/Utils.cs", ""), new("scripts/helpers/x.sh", "")];

    public IEnumerable<string> Check(SourceTree tree) =>
        tree.Paths.Where(p => p.Split('/', '.').Any(s_empty.Contains)).Select(p => $"{p} has a name that says nothing.");
}
