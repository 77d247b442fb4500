// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Flows.Reading;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Reading;

[TestClass]
public sealed class FlowCsvReaderTests
{
    private const string Header = "ipaddr SRC_IP,uint64 BYTES,time TIME_FIRST,string DNS_NAME,bytes DNS_RDATA\n";

    [TestMethod]
    public void Values_are_read_by_their_type()
    {
        using var reader = Open(Header + "10.0.0.1,18446744073709551615,1970-01-02T00:00:01.000002,\"a, \"\"b\"\"\",6162\n");
        Assert.IsTrue(reader.Read());
        Assert.AreEqual((UInt128)0xFFFF_0A00_0001, reader.Address(0));
        Assert.AreEqual(ulong.MaxValue, reader.Number(reader.Find("BYTES")));
        Assert.AreEqual(86_401_000_002, reader.Time(2));
        Assert.AreEqual("a, \"b\"", Encoding.ASCII.GetString(reader.Text(3)));
        Assert.AreEqual("6162", Encoding.ASCII.GetString(reader.Cell(4)));
        Assert.AreEqual(Header.Length, reader.RowStart);
        Assert.AreEqual(-1, reader.Find("SRC_PORT"));
        Assert.IsFalse(reader.Read());
    }

    [TestMethod]
    [DataRow("::1", "1")]
    [DataRow("2001:db8::ffff", "20010db800000000000000000000ffff")]
    [DataRow("::ffff:1.2.3.4", "ffff01020304")]
    [DataRow("255.255.255.255", "ffffffffffff")]
    public void Addresses_are_numbers(string text, string hex)
    {
        Assert.IsTrue(CellValue.TryAddress(Encoding.ASCII.GetBytes(text), out var address));
        Assert.AreEqual(UInt128.Parse(hex, System.Globalization.NumberStyles.HexNumber), address);
    }

    [TestMethod]
    [DataRow("1.2.3")]
    [DataRow("1.2.3.256")]
    [DataRow("1.2.3.")]
    [DataRow(".1.2.3")]
    [DataRow("1.2.3.4 ")]
    [DataRow("0001.2.3.4")]
    [DataRow("")]
    [DataRow("1")]
    [DataRow("fe80::1%1")]
    public void Other_texts_are_no_addresses(string text) => Assert.IsFalse(CellValue.TryAddress(Encoding.ASCII.GetBytes(text), out _));

    [TestMethod]
    [DataRow("hello world\n", "is not the header")]
    [DataRow("uint64 A,\n", "is not the header")]
    [DataRow(Header + "10.0.0.1,1\n", "Row 1 at byte 75 has 2 cells, the header has 5")]
    [DataRow(Header + "1,2,3,4,5,6\n", "has more cells than the header")]
    [DataRow(Header + "1,2,3,\"4,5\n", "has an open quote")]
    [DataRow(Header + "1,2,3,4,5", "breaks off without its line feed")]
    public void Damage_is_told_with_its_place(string text, string message)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() =>
        {
            using var reader = Open(text);
            while (reader.Read())
            {
            }
        });
        Assert.Contains(message, error.Message);
    }

    [TestMethod]
    public void A_file_that_is_one_endless_line_is_refused_in_bounded_memory()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Open(new string('a', 3 << 20)));
        Assert.Contains("longer than 1048576 bytes", error.Message);
    }

    [TestMethod]
    public void Rows_larger_than_what_the_stream_gives_at_once_are_whole()
    {
        var row = $"10.0.0.1,5,1970-01-02T00:00:01.000002,\"{new string('n', 100_000)}\",\n";
        using var reader = new FlowCsvReader(new Trickle(Encoding.ASCII.GetBytes(Header + row + row)));
        var lengths = new List<int>();
        while (reader.Read())
            lengths.Add(reader.Text(3).Length);
        CollectionAssert.AreEqual(new[] { 100_000, 100_000 }, lengths);
    }

    [TestMethod]
    public void Seeded_changes_of_a_file_give_rows_or_a_message_and_nothing_else()
    {
        using var folder = FlowTableFolder.Random(50, seed: 9);
        var whole = File.ReadAllBytes(folder.Csv);
        var random = new Random(10);
        var refused = 0;
        for (var round = 0; round < 1000; round++)
        {
            var bytes = whole.ToArray();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? "\",\n[|"[random.Next(5)] : random.Next(256));
            refused += ReadAll(bytes) ? 0 : 1;
        }
        Assert.IsGreaterThan(100, refused);
        Assert.IsLessThan(1000, refused);
    }

    private static bool ReadAll(byte[] bytes)
    {
        try
        {
            EveryCell.Read(new MemoryStream(bytes));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static FlowCsvReader Open(string text) => new(new MemoryStream(Encoding.Latin1.GetBytes(text)));

    /// <summary>Gives few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 999));
    }
}
