// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Jobs;

namespace Tci.Grains.Tests.Jobs;

[TestClass]
public sealed class JobSpecRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly JobSpec s_good = new()
    {
        Name = "evening",
        Points = [new PointId("local/eth0")],
        Limits = new JobLimits { Duration = TimeSpan.FromSeconds(10) },
    };

    public static IEnumerable<object?[]> Bad() =>
    [
        ["empty name", s_good with { Name = "" }, ProblemCodes.NameInvalid, "name"],
        ["name of spaces", s_good with { Name = "   " }, ProblemCodes.NameInvalid, "name"],
        ["name of 10 000", s_good with { Name = new string('x', 10_000) }, ProblemCodes.NameInvalid, "name"],
        ["name with a bell", s_good with { Name = "a\u0007b" }, ProblemCodes.NameInvalid, "name"],
        ["no points", s_good with { Points = [] }, ProblemCodes.InvalidRequest, "points"],
        ["65 points", s_good with { Points = [.. Enumerable.Range(0, 65).Select(i => new PointId($"local/e{i}"))] }, ProblemCodes.InvalidRequest, "points"],
        ["a point twice", s_good with { Points = [new("local/a"), new("local/a")] }, ProblemCodes.InvalidRequest, "points"],
        ["filter of 100 kB", s_good with { Filter = new string('x', 100_000) }, ProblemCodes.FilterTooLong, "filter"],
        ["filter of 4097 bytes in 2-byte characters", s_good with { Filter = new string('é', 2049) }, ProblemCodes.FilterTooLong, "filter"],
        ["filter with NUL", s_good with { Filter = "tcp\0" }, ProblemCodes.InvalidFilter, "filter"],
        ["no limit", s_good with { Limits = new JobLimits() }, ProblemCodes.LimitMissing, "limits"],
        ["zero duration", s_good with { Limits = new JobLimits { Duration = TimeSpan.Zero } }, ProblemCodes.LimitInvalid, "limits.duration"],
        ["negative duration", s_good with { Limits = new JobLimits { Duration = TimeSpan.FromSeconds(-1) } }, ProblemCodes.LimitInvalid, "limits.duration"],
        ["31 days", s_good with { Limits = new JobLimits { Duration = TimeSpan.FromDays(31) } }, ProblemCodes.LimitInvalid, "limits.duration"],
        ["zero bytes", s_good with { Limits = new JobLimits { Bytes = 0 } }, ProblemCodes.LimitInvalid, "limits.bytes"],
        ["zero packets", s_good with { Limits = new JobLimits { Packets = 0 } }, ProblemCodes.LimitInvalid, "limits.packets"],
        ["zero packets beside a duration", s_good with { Limits = s_good.Limits with { Packets = 0 } }, ProblemCodes.LimitInvalid, "limits.packets"],
        ["snaplen 13", s_good with { Snaplen = 13 }, ProblemCodes.InvalidRequest, "snaplen"],
        ["snaplen 262145", s_good with { Snaplen = 262_145 }, ProblemCodes.InvalidRequest, "snaplen"],
        ["one in none", s_good with { Sampling = new() { OneIn = 0 } }, ProblemCodes.InvalidRequest, "sampling.oneIn"],
        ["one in too many", s_good with { Sampling = new() { OneIn = 1L << 32 } }, ProblemCodes.InvalidRequest, "sampling.oneIn"],
        ["sampling by something", s_good with { Sampling = new() { OneIn = 2, By = (SamplingUnit)7 } }, ProblemCodes.InvalidRequest, "sampling.by"],
        ["nothing of a connection", s_good with { Cut = new() { ConnectionBytes = 0 } }, ProblemCodes.InvalidRequest, "cut.connectionBytes"],
        ["anonymising nothing", s_good with { Anonymise = new() }, ProblemCodes.InvalidRequest, "anonymise"],
        ["a key without a name", s_good with { Anonymise = new() { Key = "" } }, ProblemCodes.InvalidRequest, "anonymise.key"],
        ["a key elsewhere", s_good with { Anonymise = new() { Key = "../secret" } }, ProblemCodes.InvalidRequest, "anonymise.key"],
        ["a hidden key", s_good with { Anonymise = new() { Key = ".secret" } }, ProblemCodes.InvalidRequest, "anonymise.key"],
        ["a key of 65", s_good with { Anonymise = new() { Key = new string('k', 65) } }, ProblemCodes.InvalidRequest, "anonymise.key"],
        ["unknown processor", s_good with { Processing = [new ProcessingStep { Processor = "magic" }] }, ProblemCodes.UnknownProcessor, "processing[0].processor"],
        ["flows twice", s_good with { Processing = [new() { Processor = "flows" }, new() { Processor = "flows" }] }, ProblemCodes.InvalidRequest, "processing[1].processor"],
        ["nothing left", s_good with { KeepRaw = false }, ProblemCodes.InvalidRequest, "keepRaw"],
        ["33 labels", s_good with { Labels = Enumerable.Range(0, 33).ToDictionary(i => $"k{i}", _ => "v") }, ProblemCodes.InvalidRequest, "labels"],
        ["long label", s_good with { Labels = new Dictionary<string, string> { ["k"] = new('v', 256) } }, ProblemCodes.InvalidRequest, "labels"],
        ["start an hour ago", s_good with { StartAt = s_now.AddHours(-1) }, ProblemCodes.InvalidRequest, "startAt"],
        ["start in two years", s_good with { StartAt = s_now.AddYears(2) }, ProblemCodes.InvalidRequest, "startAt"],
    ];

    [TestMethod]
    [DynamicData(nameof(Bad))]
    public void Bad_specifications_are_named(string what, JobSpec spec, string code, string field)
    {
        var problem = JobSpecRules.Check(spec, s_now);
        Assert.IsNotNull(problem, what);
        Assert.AreEqual(code, problem.Code, what);
        Assert.AreEqual(field, problem.Field, what);
    }

    public static IEnumerable<object?[]> Good() =>
    [
        ["the plain one", s_good],
        ["a name of 200", s_good with { Name = new string('x', 200) }],
        ["64 points", s_good with { Points = [.. Enumerable.Range(0, 64).Select(i => new PointId($"local/e{i}"))] }],
        ["a filter of 4096 bytes", s_good with { Filter = new string('x', 4096) }],
        ["only bytes", s_good with { Limits = new JobLimits { Bytes = 1 } }],
        ["only packets", s_good with { Limits = new JobLimits { Packets = 1 } }],
        ["all that can be done to packets", s_good with
        {
            Snaplen = 96,
            Sampling = new() { OneIn = uint.MaxValue, By = SamplingUnit.Flow },
            Cut = new() { ConnectionBytes = 1 },
            Anonymise = new() { Key = "campus-2026", RemovePayload = true },
        }],
        ["only the payload", s_good with { Anonymise = new() { RemovePayload = true } }],
        ["flows without raw", s_good with { KeepRaw = false, Processing = [new ProcessingStep { Processor = "flows" }] }],
        ["tomorrow", s_good with { StartAt = s_now.AddDays(1) }],
        ["a clock that is half a minute behind", s_good with { StartAt = s_now.AddSeconds(-30) }],
    ];

    [TestMethod]
    [DynamicData(nameof(Good))]
    public void Good_specifications_pass(string what, JobSpec spec) => Assert.IsNull(JobSpecRules.Check(spec, s_now), what);
}
