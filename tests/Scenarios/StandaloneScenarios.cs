// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Grains.Jobs;
using Tci.Scenarios.Hosts;

[assembly: DoNotParallelize]

namespace Tci.Scenarios;

/// <summary>The scenarios on the one-machine host.</summary>
[TestClass]
public sealed class StandaloneScenarios : JobScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new StandaloneScenarioHost { Jobs = options };
}
