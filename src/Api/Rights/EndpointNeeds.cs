// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>How an endpoint says what it needs, and that it is a command.</summary>
internal static class EndpointNeeds
{
    /// <summary>Nothing: it is there to sign in by, or tells nothing.</summary>
    public static RouteHandlerBuilder OpenToAll(this RouteHandlerBuilder endpoint) => endpoint.With(NeedPlace.Open, default);

    /// <summary>Anyone who is signed in; what it shows is about them alone, or is cut to what they may see.</summary>
    public static RouteHandlerBuilder NeedsSignIn(this RouteHandlerBuilder endpoint) => endpoint.With(NeedPlace.SignedIn, default);

    /// <summary>The capability on some point; the handler must still ask for the point it comes to.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, Capability capability) => endpoint.With(NeedPlace.Somewhere, capability);

    public static RouteHandlerBuilder NeedsEverywhere(this RouteHandlerBuilder endpoint, Capability capability) => endpoint.With(NeedPlace.Everywhere, capability);

    /// <summary>On the point of the address; one that the caller does not know is 404 like one that is not there.</summary>
    public static RouteHandlerBuilder NeedsOnPoint(this RouteHandlerBuilder endpoint, Capability capability) => endpoint.With(NeedPlace.Point, capability);

    public static RouteHandlerBuilder NeedsOnProbe(this RouteHandlerBuilder endpoint, Capability capability) => endpoint.With(NeedPlace.Probe, capability);

    /// <summary>On all points of the job of the address, unless it is the caller's own; one they may not see is 404 like one that is not there.</summary>
    public static RouteHandlerBuilder NeedsOnJob(this RouteHandlerBuilder endpoint, Capability capability) => endpoint.With(NeedPlace.Job, capability);

    public static RouteHandlerBuilder NeedsOnSchedule(this RouteHandlerBuilder endpoint, Capability capability) => endpoint.With(NeedPlace.Schedule, capability);

    /// <summary>It changes something: whatever comes of it is audited under this name.</summary>
    public static RouteHandlerBuilder Commands(this RouteHandlerBuilder endpoint, string action) => endpoint.WithMetadata(new Command(action));

    private static RouteHandlerBuilder With(this RouteHandlerBuilder endpoint, NeedPlace place, Capability capability) => endpoint.WithMetadata(new Need(place, capability));
}
