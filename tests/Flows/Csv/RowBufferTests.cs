// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Flows.Csv;

namespace Tci.Flows.Tests.Csv;

[TestClass]
public sealed class RowBufferTests
{
    [TestMethod]
    public void Texts_are_quoted_and_cleaned() =>
        Assert.AreEqual("\"a\"\"b c~\"\n", Written(row => row.Text("a\"b\nc\r\t\u007f~\u00e9"u8)));

    [TestMethod]
    public void Numbers_bytes_times_and_hardware_addresses()
    {
        Assert.AreEqual("0,9,10,18446744073709551615\n", Written(row => Cells(row, 0, 9, 10, ulong.MaxValue)));
        Assert.AreEqual("00ff\n", Written(row => row.Hex([0, 255])));
        Assert.AreEqual("1970-01-01T00:00:00.000000\n", Written(row => row.Time(0)));
        Assert.AreEqual("9999-12-31T23:59:59.999999\n", Written(row => row.Time(253_402_300_799_999_999)));
        Assert.AreEqual("0a:00:00:00:00:ff\n", Written(row => row.Mac(0x0A00000000FF)));
    }

    [TestMethod]
    public void Many_rows_arrive_whole()
    {
        const int Rows = 100_000;
        var text = Written(row =>
        {
            for (var i = 0; i < Rows; i++)
            {
                row.Number((ulong)i);
                row.Comma();
                if (i < Rows - 1)
                    row.EndRow();
            }
            row.Number(7);
        });
        CollectionAssert.AreEqual(Enumerable.Range(0, Rows - 1).Select(i => $"{i}").ToList(), text.Split('\n')[..(Rows - 1)]);
    }

    private static void Cells(RowBuffer row, params ulong[] values)
    {
        foreach (var value in values)
        {
            row.Number(value);
            if (value != values[^1])
                row.Comma();
        }
    }

    private static string Written(Action<RowBuffer> write)
    {
        using var stream = new MemoryStream();
        var row = new RowBuffer(stream);
        write(row);
        row.Comma();
        row.EndRow();
        row.Flush();
        return Encoding.ASCII.GetString(stream.ToArray());
    }
}
