// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tci.Flows.DataSets;

/// <summary>
/// What a data set's tree remembers in <c>.tci-dataset.json</c>: which capture a folder was made from, so that the next run
/// finds it again. Without it every folder counts as somebody else's, and is kept.
/// </summary>
internal sealed record TreeState
{
    private const string FileName = ".tci-dataset.json";

    public int Format { get; init; } = 1;

    /// <summary>By folder, relative to the tree with <c>/</c>.</summary>
    public SortedDictionary<string, TreeCapture> Captures { get; init; } = new(StringComparer.Ordinal);

    /// <summary>By system: what its tables were made from.</summary>
    public SortedDictionary<string, string> Tables { get; init; } = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    public static TreeState Load(string root)
    {
        var path = Path.Combine(root, FileName);
        if (!File.Exists(path))
            return new TreeState();
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(path), TreeJson.Default.TreeState);
            if (state is { Format: 1 })
                return state with { Captures = new(state.Captures, StringComparer.Ordinal), Tables = new(state.Tables, StringComparer.Ordinal) };
        }
        catch (JsonException)
        {
            // Told below.
        }
        throw new InvalidDataException($"{path} is damaged, or of another version. Without it the folders of the tree are kept and their captures laid out anew beside them: remove it if that is what you want.");
    }

    public void Save(string root)
    {
        var path = Path.Combine(root, FileName);
        File.WriteAllBytes(path + ".part", [.. JsonSerializer.SerializeToUtf8Bytes(this, TreeJson.Default.TreeState), (byte)'\n']);
        File.Move(path + ".part", path, overwrite: true);
    }
}

/// <param name="Identity">Hash of what the capture is: its packets' files and its info.json.</param>
/// <param name="Exporter">How flow.csv was made; empty while it is not.</param>
/// <param name="Problems">Damage in its inputs, in words.</param>
internal sealed record TreeCapture(string Identity, string Exporter, IReadOnlyList<string> Problems);

[JsonSerializable(typeof(TreeState))]
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class TreeJson : JsonSerializerContext;
