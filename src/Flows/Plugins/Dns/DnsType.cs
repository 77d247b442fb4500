// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Dns;

/// <summary>The record types whose data has a text form (IANA DNS parameters).</summary>
internal static class DnsType
{
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Cname = 5;
    public const ushort Soa = 6;
    public const ushort Ptr = 12;
    public const ushort Hinfo = 13;
    public const ushort Minfo = 14;
    public const ushort Mx = 15;
    public const ushort Txt = 16;
    public const ushort Isdn = 20;
    public const ushort Aaaa = 28;
    public const ushort Srv = 33;
    public const ushort Dname = 39;
    public const ushort Opt = 41;
    public const ushort Ds = 43;
    public const ushort Rrsig = 46;
    public const ushort Dnskey = 48;
}
