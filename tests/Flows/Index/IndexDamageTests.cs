// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Index;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Index;

[TestClass]
public sealed class IndexDamageTests
{
    private readonly FlowTableFolder folder = FlowTableFolder.Random(2000, seed: 1);

    [TestCleanup]
    public void Remove() => folder.Dispose();

    [TestMethod]
    public void A_missing_index_is_told_and_made()
    {
        Assert.AreEqual(FlowIndexFault.Missing, Fault());
        FlowIndexFault? told = null;
        using (var reader = FlowTableReader.OpenOrBuild(folder.Path, error => told = error.Fault))
            Assert.AreEqual(2000, reader.Rows);
        Assert.AreEqual(FlowIndexFault.Missing, told);
        using var again = FlowTableReader.OpenOrBuild(folder.Path, error => Assert.Fail(error.Message));
    }

    [TestMethod]
    public void An_index_of_another_flow_csv_is_stale()
    {
        FlowIndex.Build(folder.Path);
        File.AppendAllText(folder.Csv, File.ReadLines(folder.Csv).Last() + "\n");
        Assert.AreEqual(FlowIndexFault.Stale, Fault());
        using var reader = FlowTableReader.OpenOrBuild(folder.Path);
        Assert.AreEqual(2001, reader.Rows);
    }

    [TestMethod]
    public void A_changed_byte_of_a_small_flow_csv_is_noticed_on_opening()
    {
        FlowIndex.Build(folder.Path);
        Flip(folder.Csv, 70_000);
        Assert.AreEqual(FlowIndexFault.Stale, Fault());
    }

    [TestMethod]
    public void A_changed_byte_between_the_samples_is_noticed_when_its_row_is_read_and_by_a_check()
    {
        using var large = FlowTableFolder.Random(8000, seed: 2);
        FlowIndex.Build(large.Path);
        var size = new FileInfo(large.Csv).Length;
        // Right behind the third of the 64 samples.
        Flip(large.Csv, ((size - 4096) * 2 / 63) + 4096 + 5);
        using var reader = FlowTableReader.Open(large.Path);
        Assert.AreEqual(FlowIndexFault.Stale, Assert.ThrowsExactly<FlowIndexException>(() => reader.Check()).Fault);
        Assert.AreEqual(FlowIndexFault.Stale, Assert.ThrowsExactly<FlowIndexException>(() => reader.Query(new FlowQuery { Limit = 8000 })).Fault);
    }

    [TestMethod]
    public void A_whole_index_passes_its_check()
    {
        FlowIndex.Build(folder.Path);
        using var reader = FlowTableReader.Open(folder.Path);
        reader.Check();
    }

    [TestMethod]
    public void Seeded_damage_anywhere_in_the_index_is_noticed_by_the_check_and_never_gives_a_wrong_row()
    {
        FlowIndex.Build(folder.Path);
        var whole = File.ReadAllBytes(folder.Index);
        var query = new FlowQuery { Order = FlowOrder.Bytes, Where = [FlowCondition.Parse("name~example")], Limit = 50 };
        var expected = Numbers(query);
        var random = new Random(42);
        for (var round = 0; round < 300; round++)
        {
            var bytes = Damage(whole, random);
            File.WriteAllBytes(folder.Index, bytes);
            if (bytes.AsSpan().SequenceEqual(whole))
                continue;
            Assert.ThrowsExactly<FlowIndexException>(() =>
            {
                using var reader = FlowTableReader.Open(folder.Path);
                reader.Check();
            }, $"round {round}");
            try
            {
                CollectionAssert.AreEqual(expected, Numbers(query), $"round {round}");
            }
            catch (FlowIndexException)
            {
                // Noticed, as it should be.
            }
        }
    }

    [TestMethod]
    public void A_damaged_flow_csv_leaves_the_old_index_and_no_other_file()
    {
        FlowIndex.Build(folder.Path);
        var before = File.ReadAllBytes(folder.Index);
        File.AppendAllText(folder.Csv, "1,2,3\n");
        var error = Assert.ThrowsExactly<InvalidDataException>(() => FlowIndex.Build(folder.Path));
        Assert.Contains("Row 2001 at byte", error.Message);
        CollectionAssert.AreEqual(before, File.ReadAllBytes(folder.Index));
        Assert.HasCount(2, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void A_table_without_flows_has_an_index_too()
    {
        using var empty = FlowTableFolder.Of("");
        Assert.AreEqual(0, FlowIndex.Build(empty.Path));
        using var reader = FlowTableReader.Open(empty.Path);
        var page = reader.Query(new FlowQuery { Order = FlowOrder.Time, Where = [FlowCondition.Parse("name~x")] });
        Assert.IsEmpty(page.Rows);
        Assert.IsEmpty(reader.Columns);
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                bytes.AsSpan(random.Next(bytes.Length / 4096) * 4096, 4096).Clear();
                return bytes;
            case 2:
                // Pages change places.
                var (a, b) = (random.Next(bytes.Length / 16384) * 16384, random.Next(bytes.Length / 16384) * 16384);
                var page = bytes[a..(a + 16384)];
                bytes.AsSpan(b, 16384).CopyTo(bytes.AsSpan(a));
                page.CopyTo(bytes, b);
                return bytes;
            default:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }

    private static void Flip(string path, long at)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.Position = at;
        var value = (byte)file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 1));
    }

    private FlowIndexFault Fault() => Assert.ThrowsExactly<FlowIndexException>(() => FlowTableReader.Open(folder.Path)).Fault;

    private List<long> Numbers(FlowQuery query)
    {
        using var reader = FlowTableReader.Open(folder.Path);
        return [.. reader.Query(query).Rows.Select(row => row.Number)];
    }
}
