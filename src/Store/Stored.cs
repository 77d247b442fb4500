// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Store;

/// <summary>Records in columns are the JSON of the contracts.</summary>
internal static class Stored
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, ContractJson.Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, ContractJson.Options) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");
}
