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

    /// <summary>Further processing was taken, so many times.</summary>
    public int Processed { get; private set; }

    public bool Deleted { get; private set; }

    public bool Finished { get; private set; }

    public JobId Job => job;

    public async Task Live()
    {
        await Pause(0, simulation.Faults.Plan.Length.TotalSeconds * 0.8);
        Accepted = await Submit();
        if (Accepted && random.Chance(0.3)) await AskAgain();
        if (Accepted && random.Chance(0.15)) await Insist(g => g.Pause(new PauseJob(_request.By)));
        if (random.Chance(0.3)) await Cancel();
        if (Accepted && random.Chance(0.2)) await Submit();
        if (Accepted && random.Chance(0.15)) await Stop();
        if (Accepted) await SeeItsEnd();
        Finished = true;
    }

    private async Task Stop()
    {
        await Pause(0, 30);
        await Insist(g => g.Stop(new StopJob(_request.By)));
    }

    /// <summary>A job that is paused is resumed in the end, even where the pause arrived late and once more.</summary>
    private async Task SeeItsEnd()
    {
        while (true)
        {
            var job = await Insist(g => g.Get(new GetJob()));
            if (job.Problem is { } problem) simulation.Kernel.Fail($"{_request.IdempotencyKey} was accepted and cannot be read: {problem}");
            if (job.Value is not { } view || view.State.IsFinal()) break;
            await Pause(1, 10);
            if (view.State == JobState.Paused || random.Chance(0.1)) await Insist(g => g.Resume(new ResumeJob(_request.By)));
        }

        for (var i = random.Pick([0, 0, 0, 1, 2]); i > 0; i--) await ProcessAgain("again" + i);
        if (random.Chance(0.15)) Deleted = (await Insist(g => g.Delete(new DeleteJob(_request.By)))).Ok;
    }

    /// <summary>Asked for twice under one key; it counts once.</summary>
    private async Task ProcessAgain(string key)
    {
        var request = new ProcessJob([new ProcessingStep { Processor = "flows" }], key, _request.By);
        if (!(await Insist(g => g.Process(request))).Ok) return;
        Processed++;
        if (random.Chance(0.5)) await Insist(g => g.Process(request));
    }

    /// <summary>Asks until the answer is definite.</summary>
    private async Task<Answer<JobView>> Insist(Func<IJob, Task<Answer<JobView>>> ask)
    {
        while (true)
        {
            var answer = await Try(() => ask(_grains.Job(job)));
            if (answer.Ok || !s_tryAgain.Contains(answer.Problem.Code)) return answer;
            await Pause(0.2, 8);
        }
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
        var answer = await Insist(g => g.Cancel(new CancelJob(_request.By)));
        Cancelled = answer.Ok;
        if (answer.Problem is { Code: ProblemCodes.NotFound } && Accepted) simulation.Kernel.Fail($"{job} was accepted and is not found.");
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
