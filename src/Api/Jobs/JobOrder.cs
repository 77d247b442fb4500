// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.Requests;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>Something a job is told to do.</summary>
/// <param name="Action">What the audit calls it.</param>
/// <param name="Send">Gives it.</param>
/// <param name="IsDone">Whether the job that answers has carried it out.</param>
/// <param name="DeletedToo">Whether a deleted job takes it as well.</param>
/// <param name="Detail">What else the audit is to know.</param>
internal sealed record JobOrder(string Action, Func<IJob, OrderBy, Task<Answer<JobView>>> Send, Func<JobView, bool> IsDone, bool DeletedToo = false, string? Detail = null)
{
    public static readonly JobOrder Cancel = new("job.cancel", (job, by) => job.Cancel(new CancelJob(by.Caller, by.Version)), view => view.State.IsFinal());

    public static readonly JobOrder Stop = new("job.stop", (job, by) => job.Stop(new StopJob(by.Caller, by.Version)), view => view.State != JobState.Capturing);

    public static readonly JobOrder Pause = new("job.pause", (job, by) => job.Pause(new PauseJob(by.Caller, by.Version)), view => view.State == JobState.Paused);

    public static readonly JobOrder Resume = new("job.resume", (job, by) => job.Resume(new ResumeJob(by.Caller, by.Version)), view => view.State != JobState.Paused);

    /// <summary>Done once no capture is left with data; a probe that is away deletes it when it is back.</summary>
    public static readonly JobOrder Delete = new(
        "job.delete",
        (job, by) => job.Delete(new DeleteJob(by.Caller, by.Version)),
        view => view.Captures.All(c => c.State is CaptureState.New or CaptureState.Cancelled),
        DeletedToo: true);

    public static JobOrder Process(IReadOnlyList<ProcessingStep> steps, string key) => new(
        "job.process", (job, by) => job.Process(new ProcessJob(steps, key, by.Caller, by.Version)), view => view.Runs.All(r => r.State.IsFinal()));

    public static readonly JobOrder Release = new("job.release", (job, by) => job.Release(new ReleaseJob(by.Caller, by.Version)), _ => true);

    public static JobOrder Hold(string reason) => new("job.hold", (job, by) => job.Hold(new HoldJob(reason, by.Caller, by.Version)), _ => true, Detail: reason);

    public static JobOrder Change(JobSpec spec) => new("job.change", (job, by) => job.Change(new ChangeJob(spec, by.Caller, by.Version)), _ => true);

    /// <param name="labels">A null value removes.</param>
    public static JobOrder Label(IReadOnlyDictionary<string, string?> labels) => new("job.label", (job, by) => job.Label(new LabelJob(labels, by.Caller, by.Version)), _ => true);
}
