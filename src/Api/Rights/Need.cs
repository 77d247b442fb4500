// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>Where an endpoint needs a capability.</summary>
internal enum NeedPlace
{
    /// <summary>Nowhere: not even signing in is needed.</summary>
    Open,

    /// <summary>Nowhere: whoever is signed in may.</summary>
    SignedIn,

    /// <summary>On some point at least; the handler looks at which.</summary>
    Somewhere,

    /// <summary>On everything.</summary>
    Everywhere,

    /// <summary>On the point that the address names with <c>probe</c> and <c>name</c>.</summary>
    Point,

    /// <summary>On the probe that the address names with <c>id</c>: on some point of it.</summary>
    Probe,

    /// <summary>On all points of the job that the address names with <c>id</c>, or it is one's own.</summary>
    Job,

    /// <summary>The same of a schedule.</summary>
    Schedule,
}

/// <summary>What an endpoint needs of who calls it. Each declares one; <see cref="RightsMiddleware"/> lets nobody to one that does not.</summary>
internal sealed record Need(NeedPlace Place, Capability Capability);

/// <summary>That an endpoint changes something, and what the audit calls that, for example <c>job.cancel</c>.</summary>
internal sealed record Command(string Action);
