// SPDX-License-Identifier: BSD-3-Clause
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Interop;

namespace Tci.Probe.Presence;

/// <summary>Says every few seconds that the probe is there, how much room it has, and what it can capture from.</summary>
internal sealed class PresenceReporter(ProbeOptions options, Launcher launcher, IServiceProvider services, TimeProvider time, ILogger<PresenceReporter> log)
    : BackgroundService
{
    private static readonly TimeSpan s_callTimeout = TimeSpan.FromSeconds(5);
    private static readonly string s_version = typeof(PresenceReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private string? _trouble;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(options.ReportPeriod, time);
        do
        {
            // The engine may take seconds to answer; on a thread of its own that holds up nothing.
            var sources = await Task.Factory.StartNew(Sources, stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Report(sources, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Report(IReadOnlyList<ProbeSource> sources, CancellationToken stop)
    {
        try
        {
            var report = new ProbeReport(Environment.MachineName, s_version, DiskFreeBytes(), sources);
            var answer = await services.GetRequiredService<IGrains>().Probe(options.Id).Report(report).WaitAsync(s_callTimeout, time, stop);
            if (answer.Problem is { } problem) Log.ReportRefused(log, problem.Code, problem.Message);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // The information system is away; captures go on, and the next report may get through.
            Log.ReportFailed(log, e);
        }
    }

    // Where the engine cannot be had nothing can be captured, and the probe says just that: no sources.
    private IReadOnlyList<ProbeSource> Sources()
    {
        var outcome = launcher.Ensure();
        var json = Array.Empty<byte>();
        if (outcome.Ok) outcome = CaptureLibrary.ListSources(options.Socket, options.LaunchTimeout, out json);
        try
        {
            var sources = outcome.Ok ? SourceList.Read(json, name => Tell($"The interface {name} cannot be a capture point: its name is no part of an id.")) : [];
            if (!outcome.Ok) Tell(outcome.Message);
            return sources;
        }
        catch (JsonException e)
        {
            Tell($"The engine's list of sources cannot be read: {e.Message}");
            return [];
        }
    }

    // Once per trouble, not every few seconds.
    private void Tell(string trouble)
    {
        if (trouble == _trouble) return;
        _trouble = trouble;
        Log.SourcesTrouble(log, trouble);
    }

    private long DiskFreeBytes()
    {
        Directory.CreateDirectory(options.DataFolder);
        return new DriveInfo(Path.GetFullPath(options.DataFolder)).AvailableFreeSpace;
    }
}
