// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Engine;

[TestClass]
public sealed class FilterCompilerTests
{
    private readonly TempFolder _data = new();

    [TestCleanup]
    public void Clean() => new RealEngine(_data).Dispose();

    [TestMethod]
    [DataRow("tcp port 443")]
    public async Task A_good_filter_has_instructions(string filter)
    {
        RealEngine.Required();
        var answer = await Check(filter);
        Assert.IsNull(answer.Problem);
        Assert.IsGreaterThan(0, answer.Value!.Instructions);
    }

    [TestMethod]
    [DataRow("tcp prt 443", 4)]
    [DataRow("tcp and", 7)]
    public async Task A_wrong_one_has_a_position(string filter, int position)
    {
        RealEngine.Required();
        var answer = await Check(filter);
        Assert.AreEqual(ProblemCodes.InvalidFilter, answer.Problem?.Code);
        Assert.AreEqual(position, answer.Problem!.Position);
    }

    [TestMethod]
    public async Task One_that_is_too_long_is_refused_without_an_engine()
    {
        var answer = await Check(new string('x', 4097));
        Assert.AreEqual(ProblemCodes.FilterTooLong, answer.Problem?.Code);
    }

    [TestMethod]
    public async Task A_NUL_is_refused_with_its_position()
    {
        var answer = await Check("tcp\0 or udp");
        Assert.AreEqual(ProblemCodes.InvalidFilter, answer.Problem?.Code);
        Assert.AreEqual(3, answer.Problem!.Position);
    }

    private async Task<Answer<FilterVerdict>> Check(string filter)
    {
        await using var probe = await ProbeStage.Open(_data);
        var compiler = probe.Get<IFilterCompiler>();
        return await Eventually.Get(() => compiler.Check(filter), a => a.Value is not { Pending: true }, "the verdict");
    }
}
