// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tci-flows-");

    public string Path => folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Read(string name) => File.ReadAllText(this[name]);

    /// <summary>Every file by its relative path, with its bytes.</summary>
    public SortedDictionary<string, string> Tree(string name) => new(
        Directory.EnumerateFiles(this[name], "*", SearchOption.AllDirectories)
            .ToDictionary(path => System.IO.Path.GetRelativePath(this[name], path), path => Convert.ToHexString(File.ReadAllBytes(path))),
        StringComparer.Ordinal);

    public void Dispose() => folder.Delete(recursive: true);
}
