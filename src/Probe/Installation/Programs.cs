// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Installation;

/// <summary>Finds the programs and the library that the probe works with.</summary>
public static class Programs
{
    /// <summary>The path of a program such as <c>tci-capture</c>, or the problem that says where it was looked for.</summary>
    public static Answer<string> Find(string name) => ProgramSearch.OfThisProcess().Program(name);

    /// <summary>The path of libtcicapture.so, or the problem that says where it was looked for.</summary>
    public static Answer<string> FindLibrary() => ProgramSearch.OfThisProcess().Library();
}
