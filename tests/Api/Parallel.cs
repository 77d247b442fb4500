// SPDX-License-Identifier: BSD-3-Clause
// Every test has a server and a folder of its own, or shares one with its class alone.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]
