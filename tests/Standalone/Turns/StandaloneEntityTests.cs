// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Standalone.Turns;
using Tci.Store;

namespace Tci.Standalone.Tests.Turns;

/// <summary>State and wake instant of an entity, in a real store.</summary>
[TestClass]
public sealed class StandaloneEntityTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tci-entity-").FullName;
    private ServiceProvider _services = null!;

    [TestInitialize]
    public void Open()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTciStore(new StoreOptions { Path = Path.Combine(_folder, "tci.db") });
        _services = services.BuildServiceProvider();
    }

    [TestCleanup]
    public void Close()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    public async Task What_was_saved_is_loaded_and_what_was_not_is_gone()
    {
        using var first = await Loaded("job-1");
        first.State.Text = "saved";
        await first.Save();
        first.State.Text = "not saved";
        using var second = await Loaded("job-1");
        Assert.AreEqual("saved", second.State.Text);
    }

    [TestMethod]
    public async Task The_second_of_two_writers_is_refused_and_given_up()
    {
        using var first = await Loaded("job-1");
        using var second = await Loaded("job-1");
        await first.Save();
        await Assert.ThrowsExactlyAsync<StateConflictException>(second.Save);
        Assert.IsTrue(second.IsBroken);
        Assert.IsFalse(first.IsBroken);
    }

    [TestMethod]
    public async Task A_saved_wake_instant_is_served_after_loading()
    {
        using (var first = await Loaded("job-1"))
        {
            first.WakeAt(DateTimeOffset.UtcNow.AddMilliseconds(100));
            await first.Save();
        }

        var woken = new TaskCompletionSource();
        using var second = new StandaloneEntity<Record>(Services(), "stub", "job-1") { OnWake = woken.SetResult };
        await second.Load();
        await woken.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TestMethod]
    public async Task A_saved_instant_that_has_passed_is_found_by_the_sweep_until_it_is_withdrawn()
    {
        using var entity = await Loaded("job-1");
        entity.WakeAt(DateTimeOffset.UtcNow.AddSeconds(-1));
        await entity.Save();
        var states = _services.GetRequiredService<GrainStates>();
        CollectionAssert.AreEqual(new[] { ("stub", "job-1") }, (await states.Due(DateTimeOffset.UtcNow, 10)).ToArray());
        entity.WakeAt(null);
        await entity.Save();
        Assert.IsEmpty(await states.Due(DateTimeOffset.UtcNow, 10));
    }

    private EntityServices Services() => new(_services.GetRequiredService<GrainStates>(), TimeProvider.System);

    private async Task<StandaloneEntity<Record>> Loaded(string key)
    {
        var entity = new StandaloneEntity<Record>(Services(), "stub", key);
        await entity.Load();
        return entity;
    }

    public sealed class Record
    {
        public string Text { get; set; } = "";
    }
}
