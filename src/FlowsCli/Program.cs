// SPDX-License-Identifier: BSD-3-Clause
using Tci.FlowsCli;

var parsed = FlowsCommand.Create(Console.Out, Console.Error).Parse(args);
var code = parsed.Invoke();
// The parser has reported its errors already; what is left is to give them the code of a wrong call.
return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
