// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>The part of a job that runs on one capture point. Lives on the probe that owns its data. Every call begins and answers; the job asks again.</summary>
public interface ICapture : IPokable
{
    /// <summary>Has the engine open the source and discard until the start. Once only: repeating it answers with the capture as it is.</summary>
    Task<Answer<CaptureView>> Arm(ArmCapture request);

    /// <summary>Agrees the instant from which packets are stored.</summary>
    Task<Answer<CaptureView>> Start(StartCapture request);

    Task<Answer<CaptureView>> Get(GetCapture request);

    /// <summary>Ends it now and keeps what it stored.</summary>
    Task<Answer<CaptureView>> Stop(StopCapture request);

    /// <summary>Begins merging and hashing the files of an ended capture.</summary>
    Task<Answer<CaptureView>> Collect(CollectCapture request);

    /// <summary>Ends it and deletes what it stored. A capture that was never armed can be cancelled too and can then not be armed.</summary>
    Task<Answer<CaptureView>> Cancel(CancelCapture request);

    /// <summary>Deletes the packets of a collected capture and keeps everything else.</summary>
    Task<Answer<CaptureView>> DropRaw(DropRawCapture request);
}

/// <param name="Deadline">The instant at which the engine ends by itself, whatever happens.</param>
public sealed record ArmCapture(PointId Point, string Source, string Filter, int? Snaplen, JobLimits Limits, DateTimeOffset Deadline)
{
    public JobSampling? Sampling { get; init; }

    public JobCut? Cut { get; init; }

    public JobAnonymisation? Anonymise { get; init; }
}

public sealed record StartCapture(DateTimeOffset At);

public sealed record GetCapture;

public sealed record StopCapture;

public sealed record CollectCapture;

public sealed record CancelCapture;

public sealed record DropRawCapture;
