// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;

namespace Tci.Flows.DataSets;

/// <summary>Finds the captures of a data set: in a JSON description, or in a directory tree where each lies beside its info.json.</summary>
internal static class DescriptionReader
{
    private const string InfoName = "info.json";

    // Deeper than any layout; ends a search that a link leads in circles.
    private const int DepthMax = 8;

    /// <exception cref="InvalidDataException">The description is wrong; the message says where.</exception>
    /// <exception cref="IOException">There is nothing of that name, or no capture in it.</exception>
    public static IReadOnlyList<CaptureDescription> Read(string input, IReadOnlyDictionary<string, string> labels) =>
        Directory.Exists(input) ? OfDirectory(input, labels) : OfFile(input, labels);

    private static List<CaptureDescription> OfDirectory(string root, IReadOnlyDictionary<string, string> labels)
    {
        var search = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = DepthMax };
        var found = Directory.EnumerateFiles(root, InfoName, search)
            .Select(path => Path.GetDirectoryName(path)!)
            .Order(StringComparer.Ordinal)
            .Select(directory => new CaptureDescription(directory, [directory], CaptureInfo.Load(Path.Combine(directory, InfoName)).With(labels)))
            .ToList();
        return found.Count > 0 ? found : throw new IOException($"{root} holds no capture: no directory in it has an {InfoName}.");
    }

    private static List<CaptureDescription> OfFile(string path, IReadOnlyDictionary<string, string> labels)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var captures = OnlyKeys(document.RootElement, path, "captures").GetProperty("captures");
            if (captures.ValueKind != JsonValueKind.Array || captures.GetArrayLength() == 0)
                throw new InvalidDataException($"{path}: captures is a list of at least one capture.");
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return [.. captures.EnumerateArray().Select((capture, i) => OfElement(capture, $"{path}: capture {i + 1}", folder, labels))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // the latter: bytes that are not UTF-8
        {
            throw new InvalidDataException($"{path} is not JSON: {error.Message}", error);
        }
    }

    // Paths are relative to the description.
    private static CaptureDescription OfElement(JsonElement capture, string where, string folder, IReadOnlyDictionary<string, string> labels)
    {
        var traffic = OnlyKeys(capture, where, "traffic", "info").GetProperty("traffic");
        if (traffic.ValueKind != JsonValueKind.Array || traffic.GetArrayLength() == 0 || traffic.EnumerateArray().Any(path => path.ValueKind != JsonValueKind.String))
            throw new InvalidDataException($"{where}: traffic is a list of at least one path, of a file or of a capture's directory.");
        var paths = traffic.EnumerateArray().Select(path => Path.Combine(folder, path.GetString()!)).ToList();
        return new CaptureDescription(where, paths, CaptureInfo.Read(capture.GetProperty("info"), where).With(labels));
    }

    private static JsonElement OnlyKeys(JsonElement element, string where, params string[] keys)
    {
        var right = element.ValueKind == JsonValueKind.Object
            && element.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal).SequenceEqual(keys.Order(StringComparer.Ordinal));
        return right ? element : throw new InvalidDataException($"{where} is an object with {string.Join(" and ", keys)}, and nothing else.");
    }
}
