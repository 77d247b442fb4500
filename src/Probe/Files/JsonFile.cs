// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Probe.Files;

/// <summary>Small JSON files that are there wholly or not at all.</summary>
internal static class JsonFile
{
    private const int BytesMax = 4 << 20;

    /// <summary>Writes beside, syncs, renames. The folder must be there.</summary>
    public static void Write<T>(string path, T value) => WriteBytes(path, JsonSerializer.SerializeToUtf8Bytes(value, ContractJson.Options));

    public static void WriteBytes(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + ".tmp";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Reads a file; false where there is none. One that is too large or not of the form is an <see cref="InvalidDataException"/>.</summary>
    public static bool TryRead<T>(string path, [NotNullWhen(true)] out T? value) where T : class
    {
        value = null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > BytesMax) throw new InvalidDataException($"{path} is larger than {BytesMax} bytes.");
            value = JsonSerializer.Deserialize<T>(file, ContractJson.Options) ?? throw new InvalidDataException($"{path} says null.");
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
