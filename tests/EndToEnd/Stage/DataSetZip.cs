// SPDX-License-Identifier: BSD-3-Clause
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.EndToEnd.Stage;

/// <summary>A downloaded data set whose files are what its manifest says.</summary>
public sealed class DataSetZip
{
    private readonly Dictionary<string, byte[]> _files;

    private DataSetZip(Dictionary<string, byte[]> files, Manifest manifest) => (_files, Manifest) = (files, manifest);

    public Manifest Manifest { get; }

    public IReadOnlyCollection<string> Paths => _files.Keys;

    public static async Task<DataSetZip> Of(Api api, JobId job)
    {
        var reply = await api.Get($"jobs/{job}/dataset");
        Assert.AreEqual(200, reply.Status, reply.ToString());
        return Read(reply.Body);
    }

    /// <summary>Reads a zip and compares every file with the manifest; there must be no others.</summary>
    public static DataSetZip Read(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        var files = archive.Entries.ToDictionary(e => e.FullName, Content);
        var manifest = JsonSerializer.Deserialize<Manifest>(files["manifest.json"], ContractJson.Options)!;
        foreach (var file in manifest.Files)
        {
            Assert.AreEqual(file.Size, files[file.Path].Length, file.Path);
            Assert.AreEqual(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(files[file.Path])), file.Path);
        }

        CollectionAssert.AreEquivalent(manifest.Files.Select(f => f.Path).Append("manifest.json").ToArray(), files.Keys.ToArray());
        return new DataSetZip(files, manifest);
    }

    public byte[] File(string path) => _files[path];

    public List<Datagram> Datagrams(string path = "traffic.pcap") => PcapFile.Datagrams(_files[path]);

    /// <summary>The rows of a flow.csv, each a value by column name.</summary>
    public List<Dictionary<string, string>> Flows(string path = "flow.csv") => FlowRows.Of(Encoding.UTF8.GetString(_files[path]));

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using var from = entry.Open();
        from.CopyTo(content);
        return content.ToArray();
    }
}
