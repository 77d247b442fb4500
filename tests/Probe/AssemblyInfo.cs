// SPDX-License-Identifier: BSD-3-Clause
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
