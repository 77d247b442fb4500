// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json;
using Tci.Flows.DataSets;
using Tci.Flows.Index;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Fuzzing;

/// <summary>Files the exporter and people write, and are read again. Damage is refused by the exceptions that say so, and by no other.</summary>
internal static class TableTargets
{
    private static readonly byte[] s_description = Encoding.UTF8.GetBytes(
        """{"captures":[{"traffic":["a.pcap","b"],"info":{"os_family":"linux","os_type":"debian","os_version":"12","start_time":"2024-07-01T12:00:00+0000","vm_name":null}}]}""");

    public static bool FlowCsv(Random random)
    {
        using var folder = FlowTableFolder.Random(20, random.Next());
        return Accepts<InvalidDataException>(() => EveryCell.Read(new TrickleStream(Mutation.Of(random, File.ReadAllBytes(folder.Csv)), random.Next(1, 4096))));
    }

    /// <summary>A damaged index never gives another row than an undamaged one.</summary>
    public static bool Index(Random random)
    {
        using var folder = FlowTableFolder.Random(200, random.Next());
        FlowIndex.Build(folder.Path);
        var query = new FlowQuery { Order = FlowOrder.Bytes, Where = [FlowCondition.Parse("name~example")], Limit = 50 };
        var expected = Rows(folder.Path, query);
        File.WriteAllBytes(folder.Index, Mutation.Of(random, File.ReadAllBytes(folder.Index)));
        return Accepts<FlowIndexException>(() => CollectionAssert.AreEqual(expected, Rows(folder.Path, query)));
    }

    public static bool Description(Random random)
    {
        using var folder = new TempFolder();
        var path = folder.Write("description.json", Mutation.Of(random, s_description));
        return Accepts<InvalidDataException>(() => DescriptionReader.Read(path, new Dictionary<string, string>()));
    }

    public static bool Condition(Random random)
    {
        string[] conditions = ["dport=443", "src=10.0.0.0/8", "name~example", "bytes>=1000", "proto=6", "first>=2024-07-01T12:00:00"];
        var text = Encoding.Latin1.GetString(Mutation.Of(random, Encoding.Latin1.GetBytes(conditions[random.Next(conditions.Length)])));
        return Accepts<FormatException>(() => FlowCondition.Parse(text));
    }

    private static long[] Rows(string folder, FlowQuery query)
    {
        using var reader = FlowTableReader.Open(folder);
        return [.. reader.Query(query).Rows.Select(row => row.Number)];
    }

    private static bool Accepts<TRefusal>(Action read)
        where TRefusal : Exception
    {
        try
        {
            read();
            return true;
        }
        catch (TRefusal refusal)
        {
            Assert.IsFalse(string.IsNullOrWhiteSpace(refusal.Message));
            return false;
        }
    }
}
