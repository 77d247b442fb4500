// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.SignIn;

namespace Tci.Api;

/// <summary>How long the API waits for whom, and how much it takes at once.</summary>
public sealed record ApiOptions
{
    /// <summary>For an entity to answer; then 503.</summary>
    public TimeSpan GrainDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a probe to compile a filter.</summary>
    public TimeSpan FilterDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two questions whether it has.</summary>
    public TimeSpan FilterAskEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Live counters of a capture are asked for this often at most, whatever the number of viewers.</summary>
    public TimeSpan CountersEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For a capture to tell its counters; then the job is shown without.</summary>
    public TimeSpan CountersDeadline { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks into the store for new events; one look serves all readers.</summary>
    public TimeSpan EventsLookEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>An event stream is never silent for longer.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Events that wait for one reader of a stream; one who falls further behind is cut off and resumes from the store.</summary>
    public int EventsBufferedMax { get; init; } = 1000;

    /// <summary>Event streams at once; more are refused with 503.</summary>
    public int EventStreamsMax { get; init; } = 500;

    /// <summary>For a bulk order; jobs that it has not come to by then are not asked.</summary>
    public TimeSpan BulkDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a probe to answer a question about flows.</summary>
    public TimeSpan FlowsDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What runs the entities, for those who ask: <c>one-machine</c> or <c>cluster</c>.</summary>
    public string Host { get; init; } = "one-machine";

    /// <summary>Sites whose pages may read the API, <c>https://tci.example.org</c>; none: there is no CORS.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>For a probe to open a file of a data set.</summary>
    public TimeSpan FileOpenDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a probe to send the next bytes of it.</summary>
    public TimeSpan FileReadDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests with one token in a second, in the long run; more are refused with 429.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>Requests with one token at once, after a silence.</summary>
    public int RequestsBurstMax { get; init; } = 1000;

    /// <summary>Who else signs people in; null where only TCI itself does.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>Failed sign-ins in a row after which a name is locked.</summary>
    public int SignInFailuresMax { get; init; } = 5;

    /// <summary>For so long.</summary>
    public TimeSpan SignInLock { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A sign-in with a password lasts so long.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(4);

    /// <summary>What an account was granted is read again after so long; changes made on this server count at once.</summary>
    public TimeSpan RightsCachedMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of a request body.</summary>
    public int BodyBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Bytes of a body that is too long which are still read and thrown away, so that its sender can read the 413; beyond, the connection is closed.</summary>
    public long BodyDrainBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>Open connections; more are closed at once.</summary>
    public int ConnectionsMax { get; init; } = 2000;
}
