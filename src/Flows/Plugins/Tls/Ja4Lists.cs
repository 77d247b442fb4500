// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Plugins.Tls;

/// <summary>What a JA4 is made of: the lists of a ClientHello without GREASE.</summary>
internal sealed class Ja4Lists(ExportMode mode)
{
    private readonly NumberList ciphers = new();
    private readonly NumberList extensions = new();
    private readonly NumberList signatureAlgorithms = new();
    private readonly TextField firstAlpn = new(byte.MaxValue);

    public Span<ushort> Ciphers => ciphers.Values;

    /// <summary>Without server name and ALPN, which vary with the server.</summary>
    public Span<ushort> Extensions => extensions.Values;

    /// <summary>In the order of the hello.</summary>
    public Span<ushort> SignatureAlgorithms => signatureAlgorithms.Values;

    public ReadOnlySpan<byte> FirstAlpn => firstAlpn.Value;

    public int ExtensionCount { get; private set; }

    public bool HasServerName { get; private set; }

    /// <summary>Of the supported_versions extension; null where there is none.</summary>
    public ushort? HighestVersion { get; private set; }

    public void Read(in HelloHeader hello)
    {
        ciphers.Clear();
        extensions.Clear();
        signatureAlgorithms.Clear();
        firstAlpn.Clear();
        ExtensionCount = 0;
        HasServerName = false;
        HighestVersion = null;
        AddAll(hello.CipherSuites, ciphers);
        var walk = new TlsExtensions(hello.Extensions);
        while (walk.Next())
            Add(walk.Type, walk.Body);
    }

    private void Add(ushort type, ReadOnlySpan<byte> body)
    {
        if (mode == ExportMode.Compatible || !Grease.Is(type))
            ExtensionCount++;
        switch (type)
        {
            case TlsExtension.ServerName:
                HasServerName |= mode == ExportMode.Full || body.Length > 4;
                return;
            case TlsExtension.Alpn:
                if (firstAlpn.IsEmpty && body.Length > 3 && body.Length >= 3 + body[2])
                    firstAlpn.Set(body.Slice(3, body[2]));
                return;
            case TlsExtension.SignatureAlgorithms when body.Length >= 2:
                AddSignatureAlgorithms(body[2..]);
                break;
            case TlsExtension.SupportedVersions when body.Length > 0 && body.Length > body[0]:
                ReadVersions(body.Slice(1, body[0]));
                break;
        }
        if (!Grease.Is(type))
            extensions.Add(type);
    }

    private void AddSignatureAlgorithms(ReadOnlySpan<byte> list)
    {
        if (mode == ExportMode.Full)
        {
            AddAll(list, signatureAlgorithms);
            return;
        }
        for (; list.Length >= 2; list = list[2..])
            signatureAlgorithms.Add(BinaryPrimitives.ReadUInt16BigEndian(list));
    }

    private void ReadVersions(ReadOnlySpan<byte> list)
    {
        for (; list.Length >= 2; list = list[2..])
        {
            var version = BinaryPrimitives.ReadUInt16BigEndian(list);
            // DTLS counts downwards from 0xfeff, which as a signed number is upwards and below all others.
            if (!Grease.Is(version) && (HighestVersion is not { } highest || (short)version > (short)highest))
                HighestVersion = version;
        }
    }

    private static void AddAll(ReadOnlySpan<byte> list, NumberList to)
    {
        for (; list.Length >= 2; list = list[2..])
        {
            var value = BinaryPrimitives.ReadUInt16BigEndian(list);
            if (!Grease.Is(value))
                to.Add(value);
        }
    }
}
