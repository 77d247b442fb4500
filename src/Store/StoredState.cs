// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store;

/// <summary>A grain's saved state.</summary>
/// <param name="Version">From 1, one more with every write.</param>
/// <param name="Payload">JSON.</param>
/// <param name="WakeAt">When the grain wants to be woken, to the microsecond.</param>
public sealed record StoredState(long Version, string Payload, DateTimeOffset? WakeAt);
