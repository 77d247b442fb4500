// SPDX-License-Identifier: BSD-3-Clause
using Orleans.Storage;
using Tci.Silo.Grains;
using Tci.Store;

namespace Tci.Silo.Storage;

/// <summary>
/// Keeps grain state in the store's own table, row by row as the one-machine host does, and the instant it wants to be woken where the sweep finds it, for a silo that is a cluster of one on SQLite. On PostgreSQL the ADO.NET provider keeps the same rows.
/// </summary>
internal sealed class StoreGrainStorage(GrainStates states) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await states.Read(stateName, Key(grainId));
        grainState.RecordExists = stored is not null;
        grainState.ETag = stored?.Version.ToString();
        grainState.State = Activator.CreateInstance<T>();
        if (stored is not null) (Entity(grainState).Json, Entity(grainState).WakeAt) = (stored.Payload, stored.WakeAt);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var entity = Entity(grainState);
        try
        {
            var version = await states.Write(stateName, Key(grainId), grainState.ETag is { } tag ? long.Parse(tag) : 0, entity.Json, entity.WakeAt);
            grainState.ETag = version.ToString();
            grainState.RecordExists = true;
        }
        catch (StateConflictException e)
        {
            throw new InconsistentStateException(e.Message, e);
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await states.Delete(stateName, Key(grainId));
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private static IStored Entity<T>(IGrainState<T> state) =>
        state.State as IStored ?? throw new NotSupportedException($"{typeof(T).Name} is no entity: this storage keeps those alone.");

    private static string Key(GrainId id) => id.Key.ToString()!;
}
