// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>How a version protects its Initial packets.</summary>
internal readonly record struct InitialProtection(InitialSalt Salt, bool Version2);
