// SPDX-License-Identifier: BSD-3-Clause
// Every test has a database of its own.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]
