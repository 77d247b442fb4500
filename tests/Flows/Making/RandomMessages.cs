// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>Messages of protocols the exporter reads, with random content.</summary>
internal sealed class RandomMessages(Random random)
{
    private static readonly int[] s_recordTypes = [1, 2, 5, 6, 12, 15, 16, 28, 33, 39, 99];

    public byte[] Noise(int maxBytes)
    {
        var bytes = new byte[random.Next(maxBytes + 1)];
        random.NextBytes(bytes);
        return bytes;
    }

    public byte[] Request() => Frames.Text(
        $"{Pick("GET", "POST", "HEAD", "PUT", "OPTIONS", "PATCH", "LINK")} /{Word(200)} HTTP/1.{random.Next(2)}\r\n"
        + Lines($"Host: {Word(80)}", $"User-Agent: {Word(160)}", $"Referer: {Word(160)}", $"host: {Word(9)}", $"X-{Word(9)}: {Word(9)}", "Accept:*/*") + "\r\n");

    public byte[] Response() => Frames.Text(
        $"HTTP/1.1 {random.Next(100, 600)} {Word(10)}\r\n"
        + Lines($"Content-Type: {Word(60)}", $"Server: {Word(160)}", $"Set-Cookie: {Word(200)}={Word(9)}; Path=/", $"Set-Cookie: {Word(300)}=1", $"Date: {Word(9)}")
        + "\r\n" + Word(50));

    public byte[] ClientHello()
    {
        var extensions = new List<byte[]> { Hello.Name(Word(300) + ".example") };
        if (Chance(2)) extensions.Add(Hello.Protocols("h2", "http/1.1"));
        if (Chance(2)) extensions.Add(Hello.List16(Hello.Groups, Numbers(random.Next(9))));
        if (Chance(2)) extensions.Add(Hello.Extension(Hello.PointFormats, [2, 0, (byte)random.Next(3)]));
        if (Chance(2)) extensions.Add(Hello.Extension(Hello.SupportedVersions, [4, 3, 4, 3, 3]));
        for (var more = random.Next(35); more > 0 && Chance(8) is false; more--) extensions.Add(Hello.Extension(random.Next(100, 65_000), Noise(12)));
        var list = extensions.ToArray();
        random.Shuffle(list);
        return Hello.Client(random.Next(0x0301, 0x0304), Numbers(random.Next(1, 20)), list);
    }

    public byte[] ServerHello() => Chance(2)
        ? Hello.Server(0x0303, Hello.Extension(Hello.SupportedVersions, [3, 4]), Hello.Extension(51, Noise(40)))
        : Hello.Server(random.Next(0x0301, 0x0304), Hello.Protocols(Pick("h2", "http/1.1")));

    public byte[] DnsQuery(int id, string name) =>
        new ByteBuilder().U16(id).U16(0x0100).U16(1).U32(0).U16(Chance(2) ? 1 : 0).Raw(Name(name)).U16(s_recordTypes[random.Next(s_recordTypes.Length)]).U16(1).ToArray() is var query
        && query[11] == 1 ? ByteBuilder.Join(query, Opt()) : query;

    public byte[] DnsAnswer(int id, string name)
    {
        int answers = random.Next(4), others = random.Next(2), opt = random.Next(2);
        var message = new ByteBuilder().U16(id).U16(0x8180 | random.Next(6)).U16(1).U16(answers).U16(others).U16(opt).Raw(Name(name)).U16(1).U16(1);
        for (var i = answers + others; i > 0; i--)
        {
            var type = s_recordTypes[random.Next(s_recordTypes.Length)];
            var data = Data(type);
            message.U16(0xC00C).U16(type).U16(1).U32(random.Next(100_000)).U16(data.Length).Raw(data);
        }
        return opt == 0 ? message.ToArray() : message.Raw(Opt()).ToArray();
    }

    public string Host() => $"{Word(20)}.{Word(40)}.example";

    /// <summary>One to so many letters and signs, none of which ends a line or a header's name.</summary>
    public string Word(int maxLength)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFG0123456789-_\",'<>%";
        return new string([.. Enumerable.Range(0, random.Next(1, maxLength + 1)).Select(_ => Letters[random.Next(Letters.Length)])]);
    }

    public bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private string Pick(params string[] values) => values[random.Next(values.Length)];

    private string Lines(params string[] lines)
    {
        random.Shuffle(lines);
        return string.Concat(lines.Take(random.Next(lines.Length + 1)).Select(line => line + "\r\n"));
    }

    private int[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Chance(6) ? 0x0A0A + (0x1010 * random.Next(16)) : random.Next(65_536))];

    private static byte[] Name(string name) =>
        [.. name.Split('.').SelectMany(label => ByteBuilder.Join([(byte)label.Length], Frames.Text(label))), 0];

    private byte[] Opt() => new ByteBuilder().U8(0).U16(41).U16(random.Next(512, 4096)).U16(0).U16(Chance(2) ? 0x8000 : 0).U16(0).ToArray();

    private byte[] Data(int type) => type switch
    {
        1 => [192, 0, 2, (byte)random.Next(256)],
        28 => [0x20, 1, 0x0D, 0xB8, .. new byte[11], (byte)random.Next(256)],
        2 or 5 or 12 or 39 => Name(Host()),
        6 => ByteBuilder.Join(Name(Host()), Name(Host()), new ByteBuilder().U32(random.Next()).U32(7200).U32(3600).U32(1_209_600).U32(300).ToArray()),
        15 => ByteBuilder.Join([0, 10], Name(Host())),
        16 => ByteBuilder.Join(Text(), Text()),
        33 => ByteBuilder.Join([0, 1, 0, 2, 1, 187], Name(Host())),
        _ => Noise(20),
    };

    private byte[] Text() => Frames.Text(Word(90)) is var text ? [(byte)text.Length, .. text] : [];
}
