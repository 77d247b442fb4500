// SPDX-License-Identifier: BSD-3-Clause
using System.Xml.Linq;

namespace Tci.Architecture.Projects;

/// <summary>What a project file says of itself.</summary>
public sealed class Project
{
    private readonly XElement _xml;

    private Project(string path, string text)
    {
        Path = path;
        _xml = XElement.Parse(text);
    }

    public string Path { get; }

    /// <summary>The folder of the project, <c>src/Grains</c>.</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    public IEnumerable<string> Packages => Included("PackageReference");

    /// <summary>Folders of the projects it references.</summary>
    public IEnumerable<string> References => Included("ProjectReference").Select(Resolve);

    public bool Says(string element) => _xml.Descendants(element).Any();

    public bool PinsVersions => _xml.Descendants("PackageReference").Any(p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null);

    public static IEnumerable<Project> All(SourceTree tree) => tree.Below("", ".csproj").Select(p => new Project(p, tree.Text(p)));

    private IEnumerable<string> Included(string element) =>
        _xml.Descendants(element).SelectMany(e => ((string?)e.Attribute("Include") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private string Resolve(string reference)
    {
        var parts = Folder.Split('/').ToList();
        foreach (var part in reference.Replace('\\', '/').Split('/')[..^1])
        {
            if (part != "..") parts.Add(part);
            else parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }
}
