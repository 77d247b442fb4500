// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Simulation.Hosts;

/// <summary>What a grain's constructor is given on its host.</summary>
internal sealed class HostServices(Simulation simulation, Activation activation) : IServiceProvider
{
    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(IGrains)) return new SimGrains(simulation, activation.Host, activation.Name);
        if (serviceType == typeof(TimeProvider)) return activation.Host.Clock;
        if (serviceType == typeof(IJobCatalog)) return simulation.JobCatalog(activation.Host);
        if (serviceType == typeof(IPlaceCatalog)) return simulation.PlaceCatalog(activation.Host);
        if (serviceType == typeof(IScheduleCatalog)) return simulation.ScheduleCatalog(activation.Host);
        if (serviceType == typeof(ICreationRights)) return simulation.CreationRights(activation.Host);
        if (serviceType.IsGenericType && serviceType.GetGenericTypeDefinition() == typeof(ILogger<>))
            return Activator.CreateInstance(typeof(SimLogger<>).MakeGenericType(serviceType.GenericTypeArguments), simulation.Kernel.Trace, activation.Name);
        return simulation.Options.GetValueOrDefault(serviceType) ?? Port(serviceType);
    }

    private object? Port(Type type)
    {
        if (activation.Host.Role != HostRole.Probe) return null;
        var ports = simulation.PortsOf(activation.Host);
        if (type == typeof(ICaptureEngine)) return ports.Engine;
        if (type == typeof(ICaptureFiles)) return ports.Files;
        if (type == typeof(IProcessors)) return ports.Processors;
        return type == typeof(IFilterCompiler) ? ports.Filters : null;
    }
}
