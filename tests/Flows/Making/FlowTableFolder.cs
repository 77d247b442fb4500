// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using System.Net;
using System.Text;

namespace Tci.Flows.Tests.Making;

/// <summary>A folder with a flow.csv of random flows: few distinct values, so that ties and matches are many.</summary>
internal sealed class FlowTableFolder : IDisposable
{
    public const string Header =
        "ipaddr DST_IP,ipaddr SRC_IP,uint64 BYTES,uint64 BYTES_REV,time TIME_FIRST,time TIME_LAST,uint32 PACKETS,uint32 PACKETS_REV,"
        + "uint16 DST_PORT,uint16 SRC_PORT,uint8 PROTOCOL,string DNS_NAME,string TLS_SNI,int8* PPI_PKT_DIRECTIONS";

    private static readonly DateTime s_start = new(2024, 7, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tci-flows-");

    public string Path => folder.FullName;

    public string Csv => System.IO.Path.Combine(Path, "flow.csv");

    public string Index => System.IO.Path.Combine(Path, "flow.idx");

    public static FlowTableFolder Random(int rows, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder(Header).Append('\n');
        for (var i = 0; i < rows; i++)
            text.Append(Row(random)).Append('\n');
        return Of(text.ToString());
    }

    public static FlowTableFolder Of(string csv)
    {
        var made = new FlowTableFolder();
        File.WriteAllText(made.Csv, csv, Encoding.Latin1);
        return made;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Row(Random random)
    {
        var first = s_start.AddMilliseconds(random.Next(0, 5000));
        var last = first.AddMilliseconds(random.Next(-2, 400) * 10);
        string[] names = ["", "", "www.example.test", "Example.COM", "a \"quoted\", name", "b"];
        var cells = new[]
        {
            Address(random), Address(random), Number(random.Next(40, 200)), Number(random.Next(3) * 1000L * int.MaxValue),
            Time(first), Time(last), Number(random.Next(1, 5)), Number(random.Next(0, 3)),
            Number(random.Next(4) == 0 ? 443 : random.Next(65536)), Number(random.Next(50, 56)), Number(random.Next(2) == 0 ? 6 : 17),
            Quote(names[random.Next(names.Length)]), Quote(names[random.Next(names.Length)]), random.Next(2) == 0 ? "[]" : "[1|-1]",
        };
        return string.Join(',', cells);
    }

    private static string Address(Random random) => random.Next(5) == 0
        ? new IPAddress([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)random.Next(4)]).ToString()
        : $"10.{random.Next(3)}.0.{random.Next(200)}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
