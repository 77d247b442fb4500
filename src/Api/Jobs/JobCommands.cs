// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Requests;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>Orders to a job: 202 while it carries one out, 200 once that is done.</summary>
internal sealed class JobCommands(GrainCalls calls, JobLookup jobs, CommandAudit audit)
{
    public Task<IResult> Cancel(string id, HttpContext http) =>
        Run(id, http, "job.cancel", (job, by) => job.Cancel(new CancelJob(by.Caller, by.Version)), view => view.State.IsFinal());

    public Task<IResult> Stop(string id, HttpContext http) =>
        Run(id, http, "job.stop", (job, by) => job.Stop(new StopJob(by.Caller, by.Version)), view => view.State != JobState.Capturing);

    public Task<IResult> Pause(string id, HttpContext http) =>
        Run(id, http, "job.pause", (job, by) => job.Pause(new PauseJob(by.Caller, by.Version)), view => view.State == JobState.Paused);

    public Task<IResult> Resume(string id, HttpContext http) =>
        Run(id, http, "job.resume", (job, by) => job.Resume(new ResumeJob(by.Caller, by.Version)), view => view.State != JobState.Paused);

    /// <summary>Done once no capture is left with data; a probe that is away deletes it when it is back.</summary>
    public Task<IResult> Delete(string id, HttpContext http) => Run(
        id,
        http,
        "job.delete",
        (job, by) => job.Delete(new DeleteJob(by.Caller, by.Version)),
        view => view.Captures.All(c => c.State is CaptureState.New or CaptureState.Cancelled),
        deletedToo: true);

    public Task<IResult> Process(string id, HttpContext http, IReadOnlyList<ProcessingStep> steps, string key) =>
        Run(id, http, "job.process", (job, by) => job.Process(new ProcessJob(steps, key, by.Caller, by.Version)), view => view.Runs.All(r => r.State.IsFinal()));

    public Task<IResult> Change(string id, HttpContext http, JobSpec spec) =>
        Run(id, http, "job.change", (job, by) => job.Change(new ChangeJob(spec, by.Caller, by.Version)), _ => true);

    public Task<IResult> Label(string id, HttpContext http, IReadOnlyDictionary<string, string?> labels) =>
        Run(id, http, "job.label", (job, by) => job.Label(new LabelJob(labels, by.Caller, by.Version)), _ => true);

    private async Task<IResult> Run(
        string id, HttpContext http, string action, Func<IJob, OrderBy, Task<Answer<JobView>>> order, Func<JobView, bool> isDone, bool deletedToo = false)
    {
        var found = await jobs.Find(id, deletedToo);
        if (!found.Ok) return await audit.Refuse(http, action, JobLookup.Resource(id), found.Refusal);
        var job = found.Job.Id;
        var expected = await Versions.Expected(http, () => calls.Ask($"The job {job}", g => g.Job(job).Get(new GetJob())), v => v.Version);
        if (expected.Refusal is { } mismatch) return await audit.Refuse(http, action, job.Value, mismatch);
        var answer = await calls.Ask($"The job {job}", g => order(g.Job(job), new OrderBy(http.Caller(), expected.Version)));
        if (!answer.Ok) return await audit.Refuse(http, action, job.Value, Versions.Refusal(answer.Problem));
        await audit.Write(http, action, job.Value, null);
        return Versions.Answer(http, answer.Value, answer.Value.Version, isDone(answer.Value) ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }
}
