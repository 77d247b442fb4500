// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.Contracts.Tests;

/// <summary>Every request and every result of every entity interface, as JSON: a golden each, read back without loss.</summary>
[TestClass]
public sealed class MessageTests
{
    private static readonly JsonSerializerOptions s_readable = new(ContractJson.Options) { WriteIndented = true, NewLine = "\n" };

    public static IEnumerable<object[]> Messages() => Entities.Methods()
        .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(Entities.ResultOf(m)))
        .Where(t => t is not null)
        .Concat([typeof(JobEvent), typeof(DataSet), typeof(JobSeed), typeof(AuditEntry), typeof(Problem)])
        .Distinct()
        .OrderBy(t => t!.Name, StringComparer.Ordinal)
        .Select(t => new object[] { t! });

    [TestMethod]
    [DynamicData(nameof(Messages))]
    public void A_message_is_written_as_its_golden_says(Type type) =>
        Golden.Check($"contracts/{type.Name}.json", JsonSerializer.Serialize(Sample.Of(type), type, s_readable) + "\n");

    [TestMethod]
    [DynamicData(nameof(Messages))]
    public void A_message_is_read_back_without_loss(Type type)
    {
        var text = JsonSerializer.Serialize(Sample.Of(type), type, s_readable);
        var again = JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, ContractJson.Options), type, s_readable);
        Assert.AreEqual(text, again);
    }

    [TestMethod]
    [DynamicData(nameof(Messages))]
    public void A_message_without_what_may_be_absent_is_read_back_too(Type type)
    {
        var text = JsonSerializer.Serialize(Sample.Sparse(type), type, ContractJson.Options);
        Assert.DoesNotContain(":null", text);
        Assert.AreEqual(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, ContractJson.Options), type, ContractJson.Options));
    }

    [TestMethod]
    [DynamicData(nameof(Messages))]
    public void Members_of_a_newer_version_are_ignored(Type type)
    {
        var text = JsonSerializer.Serialize(Sample.Of(type), type, ContractJson.Options);
        var newer = "{\"addedLater\":{\"x\":[1]}" + (text == "{}" ? "}" : "," + text[1..]);
        Assert.AreEqual(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(newer, type, ContractJson.Options), type, ContractJson.Options));
    }
}
