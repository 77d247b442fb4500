// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Reassembly;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Reassembly;

/// <summary>Messages over several TCP segments, in full mode.</summary>
[TestClass]
public sealed class SegmentsTests
{
    private static readonly byte[] Large = Hello.Client(0x0303, [4865], Hello.Extension(21, new byte[1700]), Hello.Name("large.example"), Hello.Protocols("h2", "http/1.1"));

    [TestMethod]
    [DataRow("01", DisplayName = "in order")]
    [DataRow("10", DisplayName = "swapped")]
    [DataRow("0011", DisplayName = "each twice")]
    [DataRow("1100", DisplayName = "swapped and twice")]
    [DataRow("010101", DisplayName = "again and again")]
    public void A_client_hello_of_two_segments_is_read(string order)
    {
        var file = new PcapFile();
        var talk = new TcpTalk(file).Open();
        foreach (var segment in order)
            _ = segment == '0' ? talk.Client(0, Large[..1448]) : talk.Client(1448, Large[1448..]);
        var (flows, result) = Run(file);
        Assert.AreEqual("large.example", flows["TLS_SNI"]);
        Assert.AreEqual("h2;http/1.1", flows["TLS_ALPN_OFFERED"]);
        Assert.AreEqual("[21|0|16]", flows["TLS_EXT_TYPE"]);
        Assert.AreEqual(0, result.StreamsGivenUp);
    }

    [TestMethod]
    public void Small_segments_in_random_order_with_repeats_are_read()
    {
        var random = new Random(6);
        for (var round = 0; round < 100; round++)
        {
            var cuts = Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(1, Large.Length)).Append(0).Append(Large.Length).Distinct().Order().ToArray();
            var pieces = cuts.Zip(cuts.Skip(1)).ToArray();
            var sent = pieces.Concat(pieces.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(sent);
            var file = new PcapFile();
            var talk = new TcpTalk(file).Open();
            foreach (var (start, end) in sent)
                talk.Client(start, Large[start..end]);
            Assert.AreEqual("large.example", Run(file).Flows["TLS_SNI"], $"round {round}");
        }
    }

    [TestMethod]
    public void A_capture_that_begins_inside_the_connection_is_read_in_order()
    {
        var file = new PcapFile();
        new TcpTalk(file).Client(0, Large[..1000]).Client(900, Large[900..]);
        Assert.AreEqual("large.example", Run(file).Flows["TLS_SNI"]);
    }

    [TestMethod]
    public void A_client_hello_over_several_records_is_read()
    {
        var message = Large[5..];
        byte[] Record(int start, int end) => new ByteBuilder().U8(22).U16(0x0301).U16(end - start).Raw(message[start..end]).ToArray();
        var stream = ByteBuilder.Join(Record(0, 100), Record(100, 101), Record(101, message.Length));
        var file = new PcapFile();
        new TcpTalk(file).Open().Client(0, stream[..4]).Client(4, stream[4..700]).Client(700, stream[700..]);
        Assert.AreEqual("large.example", Run(file).Flows["TLS_SNI"]);
    }

    [TestMethod]
    public void Compatible_mode_does_not_put_segments_together()
    {
        var file = new PcapFile();
        new TcpTalk(file).Open().Client(0, Large[..1448]).Client(1448, Large[1448..]);
        Assert.AreEqual("", Export.Of(file)["TLS_SNI"]);
    }

    [TestMethod]
    public void What_never_becomes_whole_is_counted()
    {
        var file = new PcapFile();
        new TcpTalk(file).Open().Client(0, Large[..1448]);
        new TcpTalk(file, 5001).Open().Client(100, Large[100..]);
        new TcpTalk(file, 5002).Open().Client(0, Frames.Text("GET / HTTP/1.1\r\nX: " + new string('x', 1000))).Client(1019, new byte[StreamBuffer.MaxBytes]);
        Assert.AreEqual(3, Run(file).Result.StreamsGivenUp);
    }

    [TestMethod]
    public void No_more_streams_are_kept_than_may_be()
    {
        var file = new PcapFile();
        for (var i = 0; i < StreamBuffers.MaxStreams + 5; i++)
            file.Add(i, Frames.TcpFrame(1000 + i, 443, 0x18, "GET / HTTP/1.1\r\nHost"));
        Assert.AreEqual(StreamBuffers.MaxStreams + 5, Run(file).Result.StreamsGivenUp);
    }

    [TestMethod]
    public void Header_blocks_of_several_segments_and_small_letters_are_read()
    {
        const string Request = "GET /a HTTP/1.1\r\nhost:example.org\r\nUSER-AGENT:  x/1 \r\n\r\n";
        const string Response = "HTTP/1.1 200 OK\r\nserver: s\r\nset-cookie: a=1\r\n\r\nbody";
        for (var cut = 1; cut < Request.Length; cut++)
        {
            var file = new PcapFile();
            var at = Math.Min(cut, Response.Length - 5);
            new TcpTalk(file, serverPort: 80).Open().Client(0, Frames.Text(Request[..cut])).Client(cut, Frames.Text(Request[cut..]))
                .Server(0, Frames.Text(Response[..at])).Server(at, Frames.Text(Response[at..]));
            var (flows, result) = Run(file);
            // With fewer than four bytes nothing shows that they are HTTP.
            if (cut < 4)
                continue;
            Assert.AreEqual("example.org", flows["HTTP_REQUEST_HOST"], $"cut at {cut}");
            Assert.AreEqual("x/1", flows["HTTP_REQUEST_AGENT"]);
            Assert.AreEqual("s", flows["HTTP_RESPONSE_SERVER"]);
            Assert.AreEqual("a", flows["HTTP_RESPONSE_SET_COOKIE_NAMES"]);
            Assert.AreEqual(0, result.StreamsGivenUp);
        }
    }

    [TestMethod]
    public void A_second_request_of_several_segments_begins_a_new_flow()
    {
        const string First = "GET /first HTTP/1.1\r\nHost: a\r\n\r\n", Second = "GET /second HTTP/1.1\r\nHost: b\r\n\r\n";
        foreach (var cut in new[] { 6, 25 })
        {
            var file = new PcapFile();
            new TcpTalk(file, serverPort: 80).Open().Client(0, Frames.Text(First)).Client(First.Length, Frames.Text(Second[..cut]))
                .Client(First.Length + cut, Frames.Text(Second[cut..]));
            var flows = Run(file).Flows;
            CollectionAssert.AreEqual(new[] { "/first", "/second" }, flows.Column("HTTP_REQUEST_URL"));
            CollectionAssert.AreEqual(new[] { "a", "b" }, flows.Column("HTTP_REQUEST_HOST"));
        }
    }

    [TestMethod]
    public void A_request_sent_again_is_no_second_one()
    {
        var file = new PcapFile();
        var request = Frames.Text("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        new TcpTalk(file, serverPort: 80).Open().Client(0, request).Client(0, request);
        Assert.AreEqual("4", Run(file).Flows["PACKETS"]);
    }

    [TestMethod]
    public void Dns_over_tcp_in_pieces_is_read()
    {
        var query = Frames.Text("\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x01" + "a\0\0\x01\0\x01");
        var message = ByteBuilder.Join([0, (byte)query.Length], query);
        for (var cut = 1; cut < message.Length; cut++)
        {
            var file = new PcapFile();
            new TcpTalk(file, serverPort: 53).Open().Client(0, message[..cut]).Client(cut, message[cut..]);
            Assert.AreEqual("a", Run(file).Flows["DNS_NAME"], $"cut at {cut}");
        }
    }

    private static (FlowFile Flows, ExportResult Result) Run(PcapFile file) => Export.Of(new ExportOptions(), file.ToArray());
}
