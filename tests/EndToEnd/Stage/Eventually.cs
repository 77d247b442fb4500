// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.EndToEnd.Stage;

/// <summary>Waits for something, with a deadline.</summary>
public static class Eventually
{
    public static async Task Is(Func<bool> wanted, string sentence, int secondsMax = 30)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(secondsMax);
        while (!wanted())
        {
            if (DateTime.UtcNow > deadline) Assert.Fail($"Not within {secondsMax} s: {sentence}");
            await Task.Delay(50);
        }
    }
}
