// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Jobs;
using Tci.Simulation.Checking;
using Tci.Simulation.Faults;
using Tci.Simulation.Hosts;
using Tci.Simulation.Mutations;
using Tci.Simulation.Probes;
using Tci.Simulation.Scheduling;
using Tci.Simulation.Storing;
using Tci.Simulation.Workload;

namespace Tci.Simulation;

/// <summary>
/// One run of the whole information system in virtual time: hosts, network, store, probes, people and faults, all made from one seed. First comes a time of
/// faults, then one without, in which everything accepted has to come to its end.
/// </summary>
internal sealed class Simulation
{
    /// <summary>After the last job is final: cancelled captures go, rows are written, places run out.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(90);

    /// <summary>From the last fault until every job is final: the sum of a job's deadlines, and some.</summary>
    private static readonly TimeSpan s_settleMax = TimeSpan.FromMinutes(35);

    /// <summary>A clock that has jumped ahead and back may make a job wait that much longer.</summary>
    private static readonly TimeSpan s_jumpsMax = TimeSpan.FromHours(3);

    private readonly Dictionary<Host, ProbePorts> _ports = [];
    private TimeSpan _nextLook;

    public Simulation(ulong seed, Mutation? mutation = null, bool traced = false)
        : this(seed, FaultPlan.Of, mutation, traced)
    {
        var world = new World(this, Kernel.Random.Fork());
        world.AddHosts();
        People = new People(this, world.Client, world.Points, Kernel.Random.Fork());
    }

    private Simulation(ulong seed, Func<SimRandom, FaultPlan> plan, Mutation? mutation, bool traced)
    {
        Mutation = mutation ?? new Mutation();
        Kernel = new Kernel(seed, traced);
        var random = Kernel.Random;
        Faults = new FaultState(plan(random.Fork()), random.Fork());
        (Network, Cluster, Store, Checks) = (new Network(this), new Cluster(this), new SimStore(this), new Checks(this));
        Chaos = new Chaos(this, Faults.Plan, random.Fork());
        Options = new Dictionary<Type, object> { [typeof(JobOptions)] = Limits.Jobs };
    }

    /// <summary>One in which nothing happens by itself: somebody drives it.</summary>
    public static Simulation Quiet(ulong seed, JobOptions options)
    {
        // That a clock may be set is known to the checks.
        var simulation = new Simulation(seed, _ => FaultPlan.None with { ClockJumps = true }, mutation: null, traced: false);
        simulation.Options[typeof(JobOptions)] = options;
        return simulation;
    }

    public Mutation Mutation { get; }

    public Kernel Kernel { get; }

    public FaultState Faults { get; }

    public Network Network { get; }

    public Cluster Cluster { get; }

    public SimStore Store { get; }

    public Checks Checks { get; }

    public Chaos Chaos { get; }

    /// <summary>Nobody, where somebody else drives the simulation.</summary>
    public People? People { get; }

    public List<ProbeMachine> Machines { get; } = [];

    /// <summary>What grains are configured with, by type.</summary>
    public Dictionary<Type, object> Options { get; }

    public ProbePorts PortsOf(Host host) => _ports[host];

    public ProbeMachine? MachineOf(Host host) => Machines.FirstOrDefault(m => m.Host == host);

    public IJobCatalog JobCatalog(Host host) => Mutation.JobCatalog(new SimJobCatalog(Store, host));

    public IPlaceCatalog PlaceCatalog(Host host) => Mutation.PlaceCatalog(new SimPlaceCatalog(Store, host));

    public IScheduleCatalog ScheduleCatalog(Host host) => new SimScheduleCatalog(Store, host);

    public ICreationRights CreationRights(Host host) => new SimCreationRights(Store, host);

    public void NewPorts(ProbeMachine machine) => _ports[machine.Host] = new ProbePorts(this, machine);

    /// <summary>Null where all was well; otherwise the first thing that was not.</summary>
    public string? Run()
    {
        foreach (var host in Cluster.Hosts) host.Start();
        People!.Start();
        Chaos.Start();
        Kernel.RunUntil(DuringFaults, Faults.Plan.Length);
        Chaos.End();
        var settleMax = Kernel.Elapsed + s_settleMax + (Faults.Plan.ClockJumps ? s_jumpsMax : TimeSpan.Zero);
        if (Kernel.RunUntil(IsSettled, settleMax)) Kernel.RunUntil(() => Look(() => false), Kernel.Elapsed + s_quiet);
        else if (Kernel.Failure is null) Kernel.Fail("It does not come to rest: " + string.Join("; ", Unsettled()));
        if (Kernel.Failure is null) Checks.AtEnd();
        return Kernel.Failure;
    }

    /// <summary>Goes on until the condition holds, but not for longer than this; says whether it does. Throws where something is wrong.</summary>
    public bool Advance(Func<bool> condition, TimeSpan timeMax)
    {
        Kernel.TakeOver();
        Kernel.RunUntil(() => Look(() => false) || condition(), Kernel.Elapsed + timeMax);
        return Kernel.Failure is { } failure ? throw new InvalidOperationException(failure) : condition();
    }

    private bool DuringFaults()
    {
        Chaos.BeforeStep();
        return Look(() => false);
    }

    private bool IsSettled() => Look(() => !Unsettled().Any());

    private IEnumerable<string> Unsettled()
    {
        foreach (var person in People!.All.Where(p => !p.Finished)) yield return $"the person of {person.Job} has no definite answer";
        if (!People.Planner.Finished) yield return "the schedule did not end";
        foreach (var row in Store.Tables.Jobs.Values)
        {
            if (!row.View.State.IsFinal()) yield return $"{row.Seed.Id} is {row.View.State}, waits for: {row.View.Waits}";
            else if (row.WakeAt is { } at) yield return $"{row.Seed.Id} is {row.View.State} and wants to be woken at {at:HH:mm:ss}, deleted {row.View.Deleted}";
        }
    }

    /// <summary>What is looked at every virtual second only.</summary>
    private bool Look(Func<bool> question)
    {
        if (Kernel.Elapsed < _nextLook) return false;
        _nextLook = Kernel.Elapsed + TimeSpan.FromSeconds(1);
        Checks.EverySecond();
        return question();
    }
}
