// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Tests.Stage;

/// <summary>Waits for what happens on other threads and in other processes.</summary>
internal static class Eventually
{
    // Long enough for a machine that is busy with other things; a test that passes never waits for it.
    private static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(30);

    public static async Task<T> Get<T>(Func<Task<T>> look, Func<T, bool> wanted, string what)
    {
        var until = DateTime.UtcNow + s_atMost;
        while (true)
        {
            var seen = await look();
            if (wanted(seen)) return seen;
            if (DateTime.UtcNow > until) Assert.Fail($"It took too long: {what}. The last was {seen}.");
            await Task.Delay(20);
        }
    }

    public static Task True(Func<bool> look, string what) => Get(() => Task.FromResult(look()), seen => seen, what);
}
