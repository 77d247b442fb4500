// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Silo.Grains;

/// <summary>
/// What every bound grain adds to its plain class: on activation the entity takes up the wake instant that was saved.
/// </summary>
public interface IBinding : IGrainBase
{
    Task IGrainBase.OnActivateAsync(CancellationToken token)
    {
        GrainContext.GetComponent<IOrleansEntity>()!.Activated(() => this is IPokable grain ? grain.Poke(new Poke()) : Task.CompletedTask);
        return Task.CompletedTask;
    }
}

/// <summary>The side of an entity that its binding sees.</summary>
public interface IOrleansEntity
{
    void Activated(Func<Task> poke);
}
