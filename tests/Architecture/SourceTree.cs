// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Immutable;

namespace Tci.Architecture;

/// <summary>The files of the repository by path from its root, with <c>/</c>. Planted files lie over the real ones, in memory only.</summary>
public sealed class SourceTree
{
    private static readonly string[] s_notSources =
        [".git", "artifacts", "out", "bin", "obj", "node_modules", "dist", ".angular", "__pycache__", ".vs", ".idea", ".pytest_cache"];

    private readonly string _root;
    private readonly ImmutableSortedDictionary<string, Lazy<string>> _files;

    private SourceTree(string root, ImmutableSortedDictionary<string, Lazy<string>> files) => (_root, _files) = (root, files);

    /// <summary>All paths, sorted.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>The tree the test program was built from: the folder above it that holds Tci.sln.</summary>
    public static SourceTree OfThisRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tci.sln"))) return Read(folder.FullName);
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Tci.sln.");
    }

    public static SourceTree Read(string root)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, Lazy<string>>(StringComparer.Ordinal);
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            foreach (var inner in Directory.EnumerateDirectories(folder))
            {
                if (!s_notSources.Contains(Path.GetFileName(inner))) folders.Push(inner);
            }

            foreach (var file in Directory.EnumerateFiles(folder))
            {
                if (Path.GetFileName(file) == ".git") continue;
                files[Path.GetRelativePath(root, file).Replace('\\', '/')] = new(() => File.ReadAllText(file));
            }
        }

        return new(root, files.ToImmutable());
    }

    /// <summary>This tree with one file added or replaced.</summary>
    public SourceTree With(string path, string text) => new(_root, _files.SetItem(path, new(text)));

    public string Text(string path) => _files[path].Value;

    /// <summary>Whether there is a file of this path or a folder with files in it.</summary>
    public bool Has(string path)
    {
        var clean = path.TrimEnd('/');
        return _files.ContainsKey(clean) || Paths.Any(p => p.StartsWith(clean + "/", StringComparison.Ordinal));
    }

    /// <summary>Paths below a folder (empty: everywhere) that end as asked.</summary>
    public IEnumerable<string> Below(string folder, params string[] endings) =>
        Paths.Where(p => p.StartsWith(folder, StringComparison.Ordinal) && endings.Any(e => p.EndsWith(e, StringComparison.Ordinal)));
}
