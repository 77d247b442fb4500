// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.EndToEnd.Stage;

/// <summary>
/// A veth pair: one end in the server's network, where it is a capture point, the other where the traffic comes from. Both ends know each other's
/// address, so nothing but what a test sends runs over it; offloads are off, so packets look as on a wire.
/// </summary>
public sealed class Wire
{
    private static int s_count;
    private readonly NetworkNamespace _near;

    public Wire(NetworkNamespace near, NetworkNamespace far)
    {
        (_near, Far) = (near, far);
        var number = Interlocked.Increment(ref s_count);
        var (name, other) = ($"te{Environment.ProcessId}n{number}", $"te{Environment.ProcessId}f{number}");
        (Name, Address, FarAddress) = (name, $"10.99.{number}.1", $"10.99.{number}.2");
        Shell.Run([.. near.Enter, "ip", "link", "add", name, "address", "02:00:00:00:00:01", "type", "veth", "peer", "name", other, "address", "02:00:00:00:00:02", "netns", far.Path]);
        SetUp(near, name, Address, FarAddress, "02:00:00:00:00:02");
        SetUp(far, other, FarAddress, Address, "02:00:00:00:00:01");
    }

    /// <summary>The interface the server sees.</summary>
    public string Name { get; }

    public string Point => "local/" + Name;

    /// <summary>Of the server's end.</summary>
    public string Address { get; }

    public string FarAddress { get; }

    /// <summary>Where the traffic comes from.</summary>
    public NetworkNamespace Far { get; }

    /// <summary>The interface vanishes.</summary>
    public void Cut() => Shell.Run([.. _near.Enter, "ip", "link", "delete", Name]);

    private static void SetUp(NetworkNamespace where, string name, string address, string other, string otherMac)
    {
        Shell.Run([.. where.Enter, "ethtool", "-K", name, "tso", "off", "gso", "off", "gro", "off", "tx", "off", "rx", "off"]);
        Shell.Run([.. where.Enter, "ip", "addr", "add", address + "/24", "dev", name]);
        Shell.Run([.. where.Enter, "ip", "link", "set", name, "up"]);
        Shell.Run([.. where.Enter, "ip", "neigh", "replace", other, "lladdr", otherMac, "dev", name, "nud", "permanent"]);
    }
}
