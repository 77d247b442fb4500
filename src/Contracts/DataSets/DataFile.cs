// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A finished file of a capture or run on its probe.</summary>
/// <param name="Path">Relative to the capture's data folder, with <c>/</c>: <c>traffic.pcap</c>, <c>flow.csv</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Crc32">As zip stores it (ISO-HDLC); lower-case hex, 8 digits.</param>
/// <param name="Raw">Whether it holds packets.</param>
public sealed record DataFile(string Path, long Size, string Sha256, string Crc32, bool Raw);
