// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Silo.Storage;

/// <summary>A process of the cluster as the database knows it.</summary>
/// <param name="Name">As in <c>probe:p1</c>.</param>
/// <param name="Address">Where the others reach it.</param>
/// <param name="Status">Of Orleans: Created, Joining, Active, ShuttingDown, Stopping, Dead.</param>
/// <param name="Since">When it started.</param>
/// <param name="Alive">When it said last that it is there; it does every ten seconds.</param>
public sealed record SiloRow(string Name, string Address, string Host, string Status, DateTimeOffset Since, DateTimeOffset Alive);
