// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Architecture;

/// <summary>A rule about the source tree.</summary>
public interface IRule
{
    /// <summary>One sentence for each breach, starting with the path it is in.</summary>
    IEnumerable<string> Check(SourceTree tree);

    /// <summary>Breaches to plant, each of which the rule has to find; at least one for each thing it forbids.</summary>
    IEnumerable<Plant> Plants { get; }
}

/// <summary>A breach of a rule.</summary>
/// <param name="Path">The path that the rule has to name.</param>
/// <param name="In">Makes a tree with the breach from one without.</param>
public sealed record Plant(string Path, Func<SourceTree, SourceTree> In)
{
    public Plant(string path, string text) : this(path, tree => tree.With(path, text))
    {
    }
}
