// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Plugins;

[TestClass]
public sealed class DnsTests
{
    private static readonly byte[] Name = [1, (byte)'a', 2, (byte)'b', (byte)'c', 0];
    private static readonly byte[] Pointer = [0xC0, 12];

    [TestMethod]
    public void Query_and_answer_are_two_flows()
    {
        var query = Message(0x0100, Question(1));
        var answer = Message(0x8183, Question(1), Record(Pointer, 1, [1, 2, 3, 4]), Opt(1232, dnssecOk: true));
        var flows = Export.Of(Udp(9, 53, query), Frames.Ethernet(0x0800, Frames.Ipv4(Frames.B, Frames.A, 17, Frames.Udp(53, 9, answer))));
        Assert.HasCount(2, flows.Rows);
        var row = flows.Rows.Single(r => r["SRC_PORT"] == "53");
        Assert.AreEqual("a.bc", row["DNS_NAME"]);
        Assert.AreEqual("4660", row["DNS_ID"]);
        Assert.AreEqual("3", row["DNS_RCODE"]);
        Assert.AreEqual("1", row["DNS_ANSWERS"]);
        Assert.AreEqual("7", row["DNS_RR_TTL"]);
        Assert.AreEqual("7", row["DNS_RLENGTH"]);
        Assert.AreEqual("312e322e332e34", row["DNS_RDATA"]);
        Assert.AreEqual("1232", row["DNS_PSIZE"]);
        Assert.AreEqual("1", row["DNS_DO"]);
    }

    [TestMethod]
    [DataRow(28, "20010db8000000000000000000000001", "2001:db8::1")]
    [DataRow(5, "c00c", "a.bc")]
    [DataRow(15, "000ac00c", "10 a.bc")]
    [DataRow(6, "c00c0178000000000100000002000000030000000400000005", "a.bc x 1 2 3 4 5")]
    [DataRow(16, "026869037965730161", "hi yes a")]
    [DataRow(16, "0268690979", "hi", DisplayName = "a string beyond the data is left out")]
    [DataRow(33, "000100020003c00c", "a bc a.bc 1 2 3", DisplayName = "SRV: the owner's first two dots are spaces")]
    [DataRow(43, "0102080201ff", "258 513 2 <key>", DisplayName = "DS: the tag twice, the second time swapped")]
    [DataRow(48, "0100030801ff", "256 3 8 <key>")]
    [DataRow(46, "00010802000000070000000100000002000301780000", "1 8 2 7 1 2 3 <key>")]
    [DataRow(13, "6869", "hi")]
    [DataRow(99, "00", "(not_impl)")]
    public void Answers_are_told_as_text(int type, string data, string text)
    {
        var message = Message(0x8180, Question(type), Record(Pointer, type, Convert.FromHexString(data)));
        var told = Convert.FromHexString(Export.Of(Udp(53, 9, message))["DNS_RDATA"]);
        Assert.AreEqual(text, Encoding.Latin1.GetString(told));
    }

    [TestMethod]
    public void A_name_that_points_to_itself_is_no_message()
    {
        var message = Message(0x0100, ByteBuilder.Join(Pointer, [0, 1, 0, 1]));
        Assert.AreEqual("0", Export.Of(Udp(9, 53, message))["DNS_ID"]);
    }

    [TestMethod]
    public void A_long_name_is_cut_at_127_characters()
    {
        var label = ByteBuilder.Join([63], Encoding.ASCII.GetBytes(new string('x', 63)));
        var message = Message(0x0100, ByteBuilder.Join(label, label, label, [0, 0, 1, 0, 1]));
        Assert.AreEqual(127, Export.Of(Udp(9, 53, message))["DNS_NAME"].Length);
    }

    [TestMethod]
    public void Over_tcp_the_message_must_fill_the_segment()
    {
        var message = Message(0x0100, Question(1));
        var text = Encoding.Latin1.GetString(new ByteBuilder().U16(message.Length).Raw(message).ToArray());
        Assert.AreEqual("a.bc", Export.Of(Frames.TcpFrame(9, 53, 0x18, text))["DNS_NAME"]);
        Assert.AreEqual("", Export.Of(Frames.TcpFrame(9, 53, 0x18, text[..^1]))["DNS_NAME"]);
    }

    private static byte[] Udp(int from, int to, byte[] message) =>
        Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(from, to, message)));

    private static byte[] Question(int type) => new ByteBuilder().Raw(Name).U16(type).U16(1).ToArray();

    private static byte[] Record(byte[] owner, int type, byte[] data) =>
        new ByteBuilder().Raw(owner).U16(type).U16(1).U32(7).U16(data.Length).Raw(data).ToArray();

    private static byte[] Opt(int payloadBytes, bool dnssecOk) =>
        new ByteBuilder().U8(0).U16(41).U16(payloadBytes).U32(dnssecOk ? 0x8000 : 0).U16(0).ToArray();

    private static byte[] Message(int flags, byte[] question, byte[]? answer = null, byte[]? additional = null) =>
        new ByteBuilder().U16(0x1234).U16(flags).U16(1).U16(answer is null ? 0 : 1).U16(0).U16(additional is null ? 0 : 1)
            .Raw(question).Raw(answer ?? []).Raw(additional ?? []).ToArray();
}
