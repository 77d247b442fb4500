// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Quic;

namespace Tci.Flows.Tests.Plugins.Quic;

[TestClass]
public sealed class VariableIntegerTests
{
    /// <summary>RFC 9000, appendix A.1.</summary>
    [TestMethod]
    [DataRow("c2197c5eff14e88c", 151_288_809_941_952_652UL)]
    [DataRow("9d7f3e7d", 494_878_333UL)]
    [DataRow("7bbd", 15_293UL)]
    [DataRow("25", 37UL)]
    [DataRow("4025", 37UL)]
    public void The_RFCs_examples_are_read(string bytes, ulong expected)
    {
        var at = 0;
        Assert.IsTrue(VariableInteger.TryRead(Convert.FromHexString(bytes), ref at, out var value));
        Assert.AreEqual(expected, value);
        Assert.AreEqual(bytes.Length / 2, at);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("40")]
    [DataRow("c0000000000000")]
    public void One_that_is_cut_off_ends_the_bytes(string bytes)
    {
        var at = 0;
        Assert.IsFalse(VariableInteger.TryRead(Convert.FromHexString(bytes), ref at, out _));
        Assert.AreEqual(bytes.Length / 2, at);
    }
}
