// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Why, since when and by whom a point admits nothing new.</summary>
public sealed record PointMaintenance(string Reason, DateTimeOffset Since, string By);
