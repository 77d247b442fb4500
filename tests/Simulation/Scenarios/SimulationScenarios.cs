// SPDX-License-Identifier: BSD-3-Clause
using System.Reflection;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Grains.Jobs;
using Tci.Scenarios;
using Tci.Scenarios.Hosts;

namespace Tci.Simulation.Scenarios;

/// <summary>The scenarios in the simulation.</summary>
[TestClass]
public sealed class SimulationJobScenarios : JobScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new SimulationScenarioHost { Jobs = options };
}

/// <summary>The scenarios in the simulation.</summary>
[TestClass]
public sealed class SimulationOrderScenarios : OrderScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new SimulationScenarioHost { Jobs = options };
}

/// <summary>The scenarios in the simulation.</summary>
[TestClass]
public sealed class SimulationAdmissionScenarios : AdmissionScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new SimulationScenarioHost { Jobs = options };
}

/// <summary>The scenarios in the simulation.</summary>
[TestClass]
public sealed class SimulationScheduleScenarios : ScheduleScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new SimulationScenarioHost { Jobs = options };
}

/// <summary>The scenarios in the simulation.</summary>
[TestClass]
public sealed class SimulationHoldScenarios : HoldScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new SimulationScenarioHost { Jobs = options };
}

/// <summary>The scenarios in the simulation.</summary>
[TestClass]
public sealed class SimulationProbeScenarios : ProbeScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new SimulationScenarioHost { Jobs = options };
}

/// <summary>The scenarios in the simulation.</summary>
[TestClass]
public sealed class SimulationClockScenarios : ClockScenarios
{
    protected override ScenarioHost NewHost(JobOptions options) => new SimulationScenarioHost { Jobs = options };
}

/// <summary>No scenario is left out here but those that need the real engine.</summary>
[TestClass]
public sealed class SimulationRunsAllScenarios
{
    private const int ScenariosMin = 40;

    [TestMethod]
    public void Every_class_of_scenarios_runs_here_and_there_are_forty()
    {
        var all = typeof(Scenario).Assembly.GetTypes().Where(t => t.IsAbstract && t.IsSubclassOf(typeof(Scenario)) && t != typeof(EngineScenarios)).ToList();
        var here = typeof(SimulationRunsAllScenarios).Assembly.GetTypes().Select(t => t.BaseType).ToList();
        CollectionAssert.IsSubsetOf(all, here);
        Assert.IsGreaterThanOrEqualTo(ScenariosMin, all.Sum(t => t.GetMethods().Count(m => m.DeclaringType == t && m.GetCustomAttribute<TestMethodAttribute>() is not null)));
    }
}
