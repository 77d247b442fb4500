// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.Versioning;
using Microsoft.VisualStudio.TestTools.UnitTesting;

[assembly: SupportedOSPlatform("linux")]

// Every test has its own folder, namespaces and server, and most of its time it waits for one of them.
[assembly: Parallelize(Workers = 3, Scope = ExecutionScope.MethodLevel)]
