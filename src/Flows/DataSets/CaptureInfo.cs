// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;

namespace Tci.Flows.DataSets;

/// <summary>info.json of a capture: the keys of the layout, each a text or null. Immutable.</summary>
internal sealed class CaptureInfo
{
    /// <summary>In the order in which they are written.</summary>
    public static readonly string[] Keys =
        ["vm_name", "source", "link", "hash", "vagrant_box", "os_family", "os_type", "os_version", "IPv4", "MAC", "start_time", "end_time"];

    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, string> values = [];

    public string? this[string key] => values.GetValueOrDefault(key);

    public SystemLabels Labels => new(this["os_family"] ?? "", this["os_type"] ?? "", this["os_version"] ?? "");

    /// <param name="element">The object.</param>
    /// <param name="where">Names it in messages.</param>
    /// <exception cref="InvalidDataException">It is no object, or has a key or value that the layout does not know.</exception>
    public static CaptureInfo Read(JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"{where}: the description of a capture is a JSON object.");
        var info = new CaptureInfo();
        foreach (var property in element.EnumerateObject())
        {
            if (!Keys.Contains(property.Name))
                throw new InvalidDataException($"{where}: there is no key '{property.Name}'. The keys are {string.Join(", ", Keys)}.");
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            if (property.Value.ValueKind != JsonValueKind.String)
                throw new InvalidDataException($"{where}: {property.Name} is a text or null.");
            info.values[property.Name] = property.Value.GetString()!;
        }
        return info;
    }

    /// <exception cref="InvalidDataException">The file is not JSON, or not as <see cref="Read"/> wants it.</exception>
    public static CaptureInfo Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, path);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // the latter: bytes that are not UTF-8
        {
            throw new InvalidDataException($"{path} is not JSON: {error.Message}", error);
        }
    }

    /// <summary>The same, with labels where it says nothing.</summary>
    public CaptureInfo With(IReadOnlyDictionary<string, string> labels)
    {
        var info = new CaptureInfo();
        foreach (var key in Keys)
        {
            var value = this[key];
            if (string.IsNullOrEmpty(value))
                value = labels.GetValueOrDefault(key);
            if (value is not null)
                info.values[key] = value;
        }
        return info;
    }

    public byte[] ToBytes()
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, s_options))
        {
            writer.WriteStartObject();
            foreach (var key in Keys)
                writer.WriteString(key, this[key]);
            writer.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
        return output.ToArray();
    }
}
