// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Jobs;

namespace Tci.Grains.Tests.Jobs;

/// <summary>Every pair of state and trigger, against a table drawn by hand: a row a state, a column a trigger, a dot where nothing happens.</summary>
[TestClass]
public sealed class JobTransitionsTests
{
    private const string Table = """
                   Due      Pause   Resume     Admit     Requeue  Start      CapturesEnd  Collect     Finish  Fail    Cancel
        Scheduled  Waiting  Paused  .          .         .        .          .            .           .       Failed  Cancelled
        Paused     .        .       Scheduled  .         .        .          .            .           .       Failed  Cancelled
        Waiting    .        Paused  .          Starting  .        .          .            .           .       Failed  Cancelled
        Starting   .        .       .          .         Waiting  Capturing  .            .           .       Failed  Cancelled
        Capturing  .        .       .          .         Waiting  .          Collecting   .           .       Failed  Cancelled
        Collecting .        .       .          .         .        .          .            Processing  .       Failed  Cancelled
        Processing .        .       .          .         .        .          .            .           Done    Failed  Cancelled
        Done       .        .       .          .         .        .          .            .           .       .       .
        Failed     .        .       .          .         .        .          .            .           .       .       .
        Cancelled  .        .       .          .         .        .          .            .           .       .       .
        """;

    public static IEnumerable<object?[]> Pairs()
    {
        var lines = Table.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var triggers = lines[0].Select(Enum.Parse<JobTrigger>).ToList();
        foreach (var row in lines.Skip(1))
        {
            for (var i = 0; i < triggers.Count; i++)
                yield return [Enum.Parse<JobState>(row[0]), triggers[i], row[i + 1] == "." ? null : Enum.Parse<JobState>(row[i + 1])];
        }
    }

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void Next_is_as_the_table_says(JobState state, JobTrigger trigger, JobState? expected) =>
        Assert.AreEqual(expected, JobTransitions.Next(state, trigger));

    [TestMethod]
    public void The_table_holds_every_pair() =>
        Assert.AreEqual(Enum.GetValues<JobState>().Length * Enum.GetValues<JobTrigger>().Length, Pairs().Select(p => (p[0], p[1])).Distinct().Count());
}
