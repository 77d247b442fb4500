// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Orleans.Storage;
using Tci.Contracts;
using Tci.Silo.Grains;

namespace Tci.Silo.Storage;

/// <summary>
/// The form in which the ADO.NET provider hands an entity's state to PostgreSQL: <c>{"wakeUs": microseconds since 1970 or null, "state": JSON of the contracts}</c>,
/// which the statements of 001_cluster.sql take apart.
/// </summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    private sealed record Envelope(long? WakeUs, JsonElement State);

    public BinaryData Serialize<T>(T? input)
    {
        var entity = Entity(input);
        using var state = JsonDocument.Parse(entity.Json);
        var wakeUs = entity.WakeAt is { } at ? (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : (long?)null;
        return new BinaryData(JsonSerializer.SerializeToUtf8Bytes(new Envelope(wakeUs, state.RootElement), ContractJson.Options));
    }

    public T Deserialize<T>(BinaryData input)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(input, ContractJson.Options) ?? throw new JsonException("The state of a grain is null.");
        var read = Activator.CreateInstance<T>();
        var entity = Entity(read);
        entity.Json = envelope.State.GetRawText();
        entity.WakeAt = envelope.WakeUs is { } us ? DateTimeOffset.UnixEpoch.AddMicroseconds(us) : null;
        return read;
    }

    private static IStored Entity<T>(T? state) => state as IStored ?? throw new NotSupportedException($"{typeof(T).Name} is no entity: this storage keeps those alone.");
}
