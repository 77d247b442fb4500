// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Tests.Stage;
using Tci.Probe.Work;

namespace Tci.Probe.Tests.Work;

[TestClass]
public sealed class PokesTests
{
    [TestMethod]
    public async Task A_poke_that_fails_is_sent_again_and_others_still_get_through()
    {
        using var data = new TempFolder();
        await using var probe = await ProbeStage.Open(data);
        probe.Grains.Failures = 1;
        var pokes = probe.Get<Pokes>();
        pokes.Capture(EndedCapture.Id);
        pokes.Run(new RunId(EndedCapture.Id, 2));
        await Eventually.True(() => probe.Grains.CountOf("local/job-1.0") == 1 && probe.Grains.CountOf("local/job-1.0.2") == 1, "both pokes");
    }
}
