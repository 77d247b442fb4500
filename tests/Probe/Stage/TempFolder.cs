// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Tests.Stage;

/// <summary>A folder of one test, with a name short enough for a socket in it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tci-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // An engine that is just ending may still write into it; the system's temporary folder is emptied anyway.
        }
    }
}
