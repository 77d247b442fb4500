// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Probe.Processing;

namespace Tci.Probe.Tests.Processing;

[TestClass]
public sealed class RunLogLinesTests
{
    private readonly RunLogLines _log = new(TimeProvider.System);

    [TestMethod]
    public void The_first_and_the_last_lines_are_kept_and_the_rest_is_counted()
    {
        for (var i = 0; i < 5000; i++) _log.Add(false, $"line {i}");
        var log = _log.Snapshot;
        Assert.HasCount(RunLogLines.FirstMax + RunLogLines.LastMax, log.Lines);
        Assert.AreEqual(4000, log.Omitted);
        Assert.AreEqual(("line 199", "line 4200", "line 4999"), (log.Lines[199].Text, log.Lines[200].Text, log.Lines[^1].Text));
    }

    [TestMethod]
    public void Lines_are_cut_and_steer_no_terminal()
    {
        _log.Add(true, "a\u001b[31m\tb\ud800" + new string('x', 1000));
        _log.Add(true, "\u0007");
        var line = _log.Snapshot.Lines.Single();
        StringAssert.StartsWith(line.Text, "a [31m b x");
        Assert.IsLessThanOrEqualTo(RunLogLines.LineCharactersMax, line.Text.Length);
        Assert.IsTrue(line.Error);
    }
}
