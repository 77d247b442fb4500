// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Grains.Jobs;
using Tci.Scenarios;
using Tci.Scenarios.Hosts;

[assembly: DoNotParallelize]

namespace Tci.Silo.Tests;

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansJobScenarios : JobScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new OrleansScenarioHost { Jobs = options };
}

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansOrderScenarios : OrderScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new OrleansScenarioHost { Jobs = options };
}

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansScheduleScenarios : ScheduleScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new OrleansScenarioHost { Jobs = options };
}
