// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Index;

namespace Tci.Flows.Tests.Index;

[TestClass]
public sealed class FlowConditionTests
{
    [TestMethod]
    [DataRow("", "not a field")]
    [DataRow("port", "not a field")]
    [DataRow("=443", "not a field")]
    [DataRow("color=red", "no field 'color'")]
    [DataRow("port=http", "'http' is no value of port")]
    [DataRow("port=-1", "'-1' is no value")]
    [DataRow("bytes=99999999999999999999", "is no value")]
    [DataRow("src=10.0.0.0/33", "is no value")]
    [DataRow("src=10.0.0", "is no value")]
    [DataRow("src=1.2.3.4.5", "is no value")]
    [DataRow("src=fe80::1%eth0", "is no value")]
    [DataRow("src<10.0.0.0/8", "prefix can be compared")]
    [DataRow("time>=yesterday", "is no value")]
    [DataRow("time>=1969-12-31", "is no value")]
    [DataRow("duration>-1", "is no value")]
    [DataRow("bytes~1", "for names only")]
    [DataRow("name<a", "names can be compared")]
    [DataRow("name~", "name is missing")]
    public void Wrong_conditions_say_why_and_list_the_fields(string text, string why)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => FlowCondition.Parse(text));
        Assert.Contains(why, error.Message);
        Assert.Contains("src_port", error.Message);
    }

    [TestMethod]
    public void Spaces_and_capitals_do_not_matter() =>
        Assert.AreEqual((UInt128)443, FlowCondition.Parse("DST_Port >= 443").Low);

    [TestMethod]
    public void A_whole_prefix_takes_every_address()
    {
        var condition = FlowCondition.Parse("addr=::/0");
        Assert.AreEqual(UInt128.MinValue, condition.Low);
        Assert.AreEqual(UInt128.MaxValue, condition.High);
    }
}
