// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Grains.Jobs;
using Tci.Scenarios.Hosts;

[assembly: DoNotParallelize]

namespace Tci.Scenarios;

/// <summary>The scenarios on the one-machine host.</summary>
[TestClass]
public sealed class StandaloneJobScenarios : JobScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new StandaloneScenarioHost { Jobs = options };
}

/// <summary>The scenarios on the one-machine host.</summary>
[TestClass]
public sealed class StandaloneOrderScenarios : OrderScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new StandaloneScenarioHost { Jobs = options };
}

/// <summary>The scenarios on the one-machine host.</summary>
[TestClass]
public sealed class StandaloneScheduleScenarios : ScheduleScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new StandaloneScenarioHost { Jobs = options };
}

/// <summary>The scenarios on the one-machine host.</summary>
[TestClass]
public sealed class StandaloneProbeScenarios : ProbeScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new StandaloneScenarioHost { Jobs = options };
}

/// <summary>The scenarios on the one-machine host.</summary>
[TestClass]
public sealed class StandaloneAdmissionScenarios : AdmissionScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new StandaloneScenarioHost { Jobs = options };
}

/// <summary>The scenarios on the one-machine host.</summary>
[TestClass]
public sealed class StandaloneClockScenarios : ClockScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new StandaloneScenarioHost { Jobs = options };
}

/// <summary>The scenarios on the one-machine host.</summary>
[TestClass]
public sealed class StandaloneEngineScenarios : EngineScenarios
{
    protected override RealScenarioHost NewRealHost(JobOptions options) => new StandaloneScenarioHost { Jobs = options };
}

/// <summary>The scenarios on the one-machine host.</summary>
[TestClass]
public sealed class StandaloneHoldScenarios : HoldScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new StandaloneScenarioHost { Jobs = options };
}
