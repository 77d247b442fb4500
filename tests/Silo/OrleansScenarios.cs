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
    protected override ScenarioHost NewHost(JobOptions options) => new ClusterScenarioHost { Jobs = options };
}

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansOrderScenarios : OrderScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new ClusterScenarioHost { Jobs = options };
}

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansScheduleScenarios : ScheduleScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new ClusterScenarioHost { Jobs = options };
}

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansProbeScenarios : ProbeScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new ClusterScenarioHost { Jobs = options };
}

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansAdmissionScenarios : AdmissionScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new ClusterScenarioHost { Jobs = options };
}

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansClockScenarios : ClockScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new ClusterScenarioHost { Jobs = options };
}

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansEngineScenarios : EngineScenarios
{
    protected override RealScenarioHost NewRealHost(JobOptions options) => new ClusterScenarioHost { Jobs = options };
}

/// <summary>The scenarios on Orleans.</summary>
[TestClass]
public sealed class OrleansHoldScenarios : HoldScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new ClusterScenarioHost { Jobs = options };
}
