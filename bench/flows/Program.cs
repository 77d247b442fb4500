// SPDX-License-Identifier: BSD-3-Clause
using Tci.Bench.Flows.Runs;

var options = BenchOptions.Parse(args);
var inputs = BenchInput.Make(options);
var report = new Report(options);
foreach (var input in inputs)
    report.Add(input, new Comparison(options, Contestant.Present(options)).Run(input));
report.Write();
