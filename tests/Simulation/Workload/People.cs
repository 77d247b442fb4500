// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Hosts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Workload;

/// <summary>Everyone who wants something in a simulation.</summary>
internal sealed class People(Simulation simulation, Host at, IReadOnlyList<PointId> points, SimRandom random)
{
    private const int JobsMax = 9;
    private readonly List<Person> _all = [];
    private readonly SpecMaker _specs = new(points, random.Fork());

    public IReadOnlyList<Person> All => _all;

    public Planner Planner { get; } = new(simulation, at, new SpecMaker(points, random.Fork()), random.Fork());

    /// <summary>Nobody is going to ask for anything any more.</summary>
    public bool AllSaid => _all.All(p => p.Finished) && Planner.Finished;

    public void Start()
    {
        for (var i = random.Between(1, JobsMax); i > 0; i--)
        {
            var person = new Person(simulation, at, new JobId($"job-{i}"), _specs.Next(), random.Fork());
            _all.Add(person);
            new SimContext(simulation.Kernel, at.Life, $"person of {person.Job}").Begin(person.Live);
        }

        var administrator = new Administrator(simulation, at, points, random.Fork());
        new SimContext(simulation.Kernel, at.Life, "administrator").Begin(administrator.Live);
        new SimContext(simulation.Kernel, at.Life, "planner").Begin(Planner.Live);
        new SimContext(simulation.Kernel, at.Life, "filters").Begin(CheckFilters);
    }

    /// <summary>Once faults are over a filter gets its verdict, after however many "not yet".</summary>
    private async Task CheckFilters()
    {
        await simulation.Kernel.Delay(random.Seconds(1, 60), at.Life);
        var check = new SimGrains(simulation, at, "filters").FilterCheck(random.Pick(points).Probe);
        for (var tries = 0; ; tries++)
        {
            try
            {
                var answer = await check.Check(new CheckFilter("bad tcp prot"));
                if (answer.Problem?.Code == ProblemCodes.InvalidFilter) return;
                if (answer.Value is { Pending: false }) simulation.Kernel.Fail("A bad filter was called good.");
            }
            catch (Exception e)
            {
                simulation.Kernel.Trace.Say("filters", $"{e.Message}");
            }

            await simulation.Kernel.Delay(random.Seconds(1, 5), at.Life);
        }
    }
}
