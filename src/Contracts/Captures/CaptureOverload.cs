// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A receive ring was more than nine tenths full for five seconds or longer: packets were about to be lost, or were.</summary>
/// <param name="Now">It lasts.</param>
/// <param name="Count">How often; null while the capture runs.</param>
/// <param name="Total">How long in all, over all queues; null while the capture runs.</param>
/// <param name="First">When the first began; null while the capture runs.</param>
public sealed record CaptureOverload(bool Now, int? Count = null, TimeSpan? Total = null, DateTimeOffset? First = null);
