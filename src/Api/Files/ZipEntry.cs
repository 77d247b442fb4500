// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Api.Files;

/// <summary>A file in a zip, as its headers tell of it. Nothing is compressed, so it has one size.</summary>
/// <param name="Name">UTF-8 bytes of its path, with <c>/</c>.</param>
/// <param name="Modified">For every entry the end of the job.</param>
internal sealed record ZipEntry(byte[] Name, long Size, uint Crc32, DateTimeOffset Modified);
