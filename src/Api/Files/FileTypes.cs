// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Api.Files;

/// <summary>Media types of files in data sets.</summary>
internal static class FileTypes
{
    public static string Of(string path) => Path.GetExtension(path) switch
    {
        ".pcap" => "application/vnd.tcpdump.pcap",
        ".csv" => "text/csv; charset=utf-8",
        ".json" => "application/json",
        _ => "application/octet-stream",
    };
}
