// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Serialization;
using Tci.Contracts;

namespace Tci.Store;

/// <summary>
/// Records in columns are the JSON of the contracts, with nulls written out: the contracts require every constructor parameter of a record to be
/// there when it is read, so what is stored must name the empty ones too.
/// </summary>
internal static class Stored
{
    private static readonly JsonSerializerOptions s_options = new(ContractJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, s_options) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");
}
