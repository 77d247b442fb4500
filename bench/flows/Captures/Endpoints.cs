// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Bench.Flows.Captures;

/// <summary>Who sends to whom.</summary>
internal readonly record struct Endpoints(uint From, ushort FromPort, uint To, ushort ToPort)
{
    public Endpoints Reversed => new(To, ToPort, From, FromPort);

    /// <summary>The n-th client's connection to one of some servers; all different.</summary>
    public static Endpoints Of(int number, ushort serverPort) =>
        new(0x0A000000 + (uint)(number / 20_000), (ushort)(20_000 + (number % 20_000)), 0xC6120000 + ((uint)number * 2_654_435_761 >> 20), serverPort);
}
