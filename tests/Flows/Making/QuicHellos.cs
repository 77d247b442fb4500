// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>ClientHellos as QUIC carries them.</summary>
internal static class QuicHellos
{
    public const int TransportParameters = 0x39, DraftTransportParameters = 0xFFA5;

    /// <summary>A name, ALPN, versions and transport parameters; as long as wanted by padding (extension 21).</summary>
    public static byte[] Client(string name, int parametersType = TransportParameters, int padding = 0, byte[]? parameters = null)
    {
        var extensions = new List<byte[]>
        {
            Hello.Extension(0x0A0A, []), Hello.Name(name), Hello.List16(Hello.Groups, 0x1A1A, 4588, 29), Hello.Protocols("h3"),
            Hello.Extension(Hello.SupportedVersions, [2, 3, 4]), Hello.List16(13, 0x0403, 0x0804),
            Hello.Extension(parametersType, parameters ?? Parameters("test/1 agent")),
        };
        if (padding > 0)
            extensions.Add(Hello.Extension(21, new byte[padding]));
        return QuicPackets.Message(Hello.Client(0x0303, [0x2A2A, 4865, 4866, 4867], [.. extensions]));
    }

    /// <summary>Begins with a parameter of 4 bytes whose number and length, taken as one length, stay small.</summary>
    public static byte[] Parameters(string userAgent) =>
        new ByteBuilder().Raw(1, 4, 0x80, 0, 0x75, 0x30, 3, 2, 0x45, 0xC0).Raw(0x71, 0x29).U8(userAgent.Length).Raw(Frames.Text(userAgent)).ToArray();
}
