// SPDX-License-Identifier: BSD-3-Clause
return Tci.FlowsCli.CommandLine.Run(args, Console.Out, Console.Error);
