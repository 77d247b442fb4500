// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Hosts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Workload;

/// <summary>Someone who wants one job: asks until there is a definite answer, may ask twice, may change their mind.</summary>
internal sealed class Person(Simulation simulation, Host at, JobId job, JobSpec spec, SimRandom random)
{
    private static readonly string[] s_tryAgain = [ProblemCodes.Unreachable, ProblemCodes.StoreUnavailable, ProblemCodes.Overloaded];

    /// <summary>A point may be unknown only because its probe has not reported yet.</summary>
    private const int UnknownPointTriesMax = 3;

    private readonly SimGrains _grains = new(simulation, at, "person of " + job);
    private readonly SubmitJob _request = new(spec, new Caller("alice", "192.0.2.7"), job.Value);

    /// <summary>An answer said that the job is there.</summary>
    public bool Accepted { get; private set; }

    /// <summary>An answer said that it will be cancelled.</summary>
    public bool Cancelled { get; private set; }

    public bool Finished { get; private set; }

    public JobId Job => job;

    public async Task Live()
    {
        await Pause(0, simulation.Faults.Plan.Length.TotalSeconds * 0.8);
        Accepted = await Submit();
        if (Accepted && random.Chance(0.3)) await AskAgain();
        if (random.Chance(0.3)) await Cancel();
        if (Accepted && random.Chance(0.2)) await Submit();
        Finished = true;
    }

    private async Task<bool> Submit()
    {
        var unknown = 0;
        while (true)
        {
            var answer = await Try(() => _grains.Job(job).Submit(_request));
            if (answer.Ok)
            {
                if (!simulation.Store.Tables.Jobs.ContainsKey(job)) simulation.Kernel.Fail($"{job} was accepted, and the store has no row of it.");
                return true;
            }

            var isUnknown = answer.Problem.Code == ProblemCodes.UnknownPoint && ++unknown < UnknownPointTriesMax;
            if (!isUnknown && !s_tryAgain.Contains(answer.Problem.Code))
            {
                if (Accepted) simulation.Kernel.Fail($"{job} was accepted, and asked for again it is refused: {answer.Problem}");
                return false;
            }

            await Pause(0.2, 8);
        }
    }

    /// <summary>The same again at once from two windows, and something else under the same key.</summary>
    private async Task AskAgain()
    {
        var again = await Task.WhenAll(Try(() => _grains.Job(job).Submit(_request)), Try(() => _grains.Job(job).Submit(_request)));
        if (again.FirstOrDefault(a => a.Problem is { } p && !s_tryAgain.Contains(p.Code)) is { } refused)
            simulation.Kernel.Fail($"{job} asked for again is refused: {refused.Problem}");
        var other = await Try(() => _grains.Job(job).Submit(_request with { Spec = spec with { Name = "another" } }));
        if (other.Ok) simulation.Kernel.Fail($"{job} took another specification under the same key.");
        else if (other.Problem.Code != ProblemCodes.IdempotencyKeyReused && !s_tryAgain.Contains(other.Problem.Code)) simulation.Kernel.Fail($"{job}: {other.Problem}");
    }

    private async Task Cancel()
    {
        await (random.Chance(0.5) ? Pause(0, 2) : Pause(0, 60));
        while (true)
        {
            var answer = await Try(() => _grains.Job(job).Cancel(new CancelJob(_request.By)));
            if (answer.Ok)
            {
                Cancelled = true;
                return;
            }

            if (answer.Problem.Code == ProblemCodes.NotFound && Accepted) simulation.Kernel.Fail($"{job} was accepted and is not found.");
            if (!s_tryAgain.Contains(answer.Problem.Code)) return;
            await Pause(0.2, 8);
        }
    }

    private static async Task<Answer<JobView>> Try(Func<Task<Answer<JobView>>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e)
        {
            return new Problem(ProblemCodes.Unreachable, e.Message);
        }
    }

    private Task Pause(double min, double max) => simulation.Kernel.Delay(random.Seconds(min, max), at.Life);
}
