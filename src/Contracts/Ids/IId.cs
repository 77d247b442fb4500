// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tci.Contracts;

/// <summary>An identifier that is a text on the wire. Its grain key carries a character that reads neither as hex nor as a guid.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    string Value { get; }

    /// <summary>Reads an id as a person or program writes it; false where its form is wrong.</summary>
    static abstract bool TryParse(string? text, out TSelf id);
}

/// <summary>Writes an id as its text; a text of the wrong form is a <see cref="JsonException"/>.</summary>
public sealed class IdConverter<T> : JsonConverter<T> where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return T.TryParse(text, out var id) ? id : throw new JsonException($"'{Shown(text)}' is not the form of a {typeof(T).Name}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    private static string Shown(string? text) => text is null ? "" : text.Length <= 80 ? text : text[..80] + "…";
}
