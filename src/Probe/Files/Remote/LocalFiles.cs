// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Files.Remote;

/// <summary>What is read from this probe's own disk.</summary>
internal sealed record LocalFiles(ProbeId Probe, IDataSetFiles Files, IFlowTables Tables, IRunLogs Logs);
