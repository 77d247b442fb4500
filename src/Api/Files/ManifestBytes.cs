// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>Writes manifest.json (docs/formats/manifest.md): UTF-8, indented, LF, keys of maps in ordinal order. The same manifest always gives the same bytes.</summary>
internal static class ManifestBytes
{
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions s_options = Make();

    public static byte[] Of(Manifest manifest) => [.. JsonSerializer.SerializeToUtf8Bytes(manifest, s_options), (byte)'\n'];

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(ContractJson.Options)
        {
            WriteIndented = true,
            IndentSize = 2,
            NewLine = "\n",
            // The file is read by people; nothing of it is put into a page unescaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new InKeyOrder<string>());
        options.Converters.Add(new InKeyOrder<Traffic>());
        return options;
    }

    private sealed class InKeyOrder<T> : JsonConverter<IReadOnlyDictionary<string, T>>
    {
        public override IReadOnlyDictionary<string, T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Manifests are only written here.");

        public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, item) in value.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndObject();
        }
    }
}
