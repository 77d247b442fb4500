// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Interop;

namespace Tci.Probe.Tests.Engine;

[TestClass]
public sealed class OutcomesTests
{
    [TestMethod]
    [DataRow(64, "duration")]
    [DataRow(65, "packets")]
    [DataRow(66, "bytes")]
    [DataRow(67, "stopped")]
    [DataRow(68, "end-of-source")]
    public void An_end_that_was_asked_for_is_no_problem(int code, string reason)
    {
        Assert.AreEqual(reason, Outcomes.Reason((TciCode)code));
        Assert.IsNull(Outcomes.Problem((TciCode)code, "it is over"));
    }

    [TestMethod]
    [DataRow(1, "capture-failed")]
    [DataRow(2, "capture-failed")]
    [DataRow(3, "source-missing")]
    [DataRow(4, "not-permitted")]
    [DataRow(5, "invalid-filter")]
    [DataRow(7, "disk-full")]
    [DataRow(8, "source-damaged")]
    [DataRow(9, "source-gone")]
    [DataRow(10, "capture-failed")]
    [DataRow(12, "capture-killed")]
    [DataRow(13, "capture-lost")]
    [DataRow(14, "engine-unavailable")]
    [DataRow(15, "engine-unavailable")]
    [DataRow(16, "overloaded")]
    [DataRow(18, "filter-too-costly")]
    [DataRow(20, "invalid-source")]
    [DataRow(69, "capture-killed")]
    [DataRow(999, "capture-failed")]
    public void Anything_else_is_one_with_the_engines_words(int code, string expected)
    {
        var problem = Outcomes.Problem((TciCode)code, "no CAP_NET_RAW");
        Assert.AreEqual(expected, problem!.Code);
        StringAssert.StartsWith(problem.Message, "No CAP_NET_RAW.");
        Assert.AreEqual(expected, Outcomes.Reason((TciCode)code));
    }

    [TestMethod]
    public void The_deadline_is_a_reason_of_its_own()
    {
        Assert.AreEqual("deadline", Outcomes.Reason(TciCode.Deadline));
        Assert.AreEqual(ProblemCodes.DeadlinePassed, Outcomes.Problem(TciCode.Deadline, "")!.Code);
    }

    [TestMethod]
    [DataRow("host é and nonsense", 12, 11)]
    [DataRow("tcp prt 443", 4, 4)]
    [DataRow("tcp and", 7, 7)]
    public void The_position_in_a_filter_counts_characters(string filter, int bytes, int characters)
    {
        var problem = Outcomes.Problem(TciCode.BadFilter, "syntax error", bytes, filter);
        Assert.AreEqual(characters, problem!.Position);
        Assert.AreEqual("filter", problem.Field);
    }

    [TestMethod]
    public void A_filter_without_position_has_none() => Assert.IsNull(Outcomes.Problem(TciCode.BadFilter, "syntax error", -1, "x")!.Position);
}
