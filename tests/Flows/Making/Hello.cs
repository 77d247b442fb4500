// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>Makes TLS hellos.</summary>
internal static class Hello
{
    public const int ServerName = 0, Groups = 10, PointFormats = 11, Alpn = 16, SupportedVersions = 43;

    public static byte[] Client(int version, int[] ciphers, params byte[][] extensions)
    {
        var suites = new ByteBuilder().U16(ciphers.Length * 2);
        foreach (var cipher in ciphers)
            suites.U16(cipher);
        return Record(1, version, ByteBuilder.Join(suites.ToArray(), [1, 0]), extensions);
    }

    public static byte[] Server(int version, params byte[][] extensions) => Record(2, version, [0x13, 0x01, 0], extensions);

    public static byte[] Extension(int type, byte[] body) => new ByteBuilder().U16(type).U16(body.Length).Raw(body).ToArray();

    public static byte[] Name(string name) =>
        Extension(ServerName, new ByteBuilder().U16(name.Length + 3).U8(0).U16(name.Length).Raw(Frames.Text(name)).ToArray());

    public static byte[] Protocols(params string[] names)
    {
        var list = names.SelectMany(name => ByteBuilder.Join([(byte)name.Length], Frames.Text(name))).ToArray();
        return Extension(Alpn, new ByteBuilder().U16(list.Length).Raw(list).ToArray());
    }

    public static byte[] List16(int type, params int[] values)
    {
        var list = new ByteBuilder().U16(values.Length * 2);
        foreach (var value in values)
            list.U16(value);
        return Extension(type, list.ToArray());
    }

    private static byte[] Record(int type, int version, byte[] middle, byte[][] extensions)
    {
        var block = ByteBuilder.Join(extensions);
        var body = new ByteBuilder().U16(version).Raw(new byte[32]).U8(0).Raw(middle).U16(block.Length).Raw(block).ToArray();
        return new ByteBuilder().U8(22).U16(0x0301).U16(body.Length + 4).U8(type).U8(0).U16(body.Length).Raw(body).ToArray();
    }
}
