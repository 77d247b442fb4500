// SPDX-License-Identifier: BSD-3-Clause
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Files;
using Tci.Probe.Files.Remote;
using Tci.Probe.Interop;

namespace Tci.Probe.Presence;

/// <summary>Says every few seconds that the probe is there, how much room it has, and what it can capture from.</summary>
internal sealed class PresenceReporter(ProbeOptions options, Launcher launcher, CaptureDirectories directories, FileAddress files, IServiceProvider services, TimeProvider time, ILogger<PresenceReporter> log)
    : BackgroundService
{
    /// <summary>Capture directories in one report; a disk with more is in trouble that its free bytes show.</summary>
    private const int CapturesToldMax = 5000;

    private static readonly TimeSpan s_callTimeout = TimeSpan.FromSeconds(5);

    /// <summary>After a report that did not get through: a probe that is heard is used.</summary>
    private static readonly TimeSpan s_againAfter = TimeSpan.FromMilliseconds(500);

    private static readonly string s_version =
        typeof(PresenceReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    // The last of each that was logged: every trouble is told once, not every few seconds.
    private string? _sourcesTrouble;
    private string? _reportTrouble;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(options.ReportPeriod, time);
        do
        {
            // The engine may take seconds to answer; on a thread of its own that holds up nothing.
            var sources = await Task.Factory.StartNew(Sources, stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            var heard = await Report(sources, stoppingToken);
            timer.Period = heard || options.ReportPeriod < s_againAfter ? options.ReportPeriod : s_againAfter;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> Report(IReadOnlyList<ProbeSource> sources, CancellationToken stop)
    {
        try
        {
            var report = new ProbeReport(Environment.MachineName, s_version, DiskFreeBytes(), sources, time.GetUtcNow(), CaptureLibrary.Version(), HostLoad.PerProcessor(), Captures(), files.Value?.ToString());
            var answer = await services.GetRequiredService<IGrains>().Probe(options.Id).Report(report).WaitAsync(s_callTimeout, time, stop);
            TellReport(answer.Problem is { } problem ? $"{problem.Message} ({problem.Code})" : null);
            return answer.Ok;
        }
        catch (Exception e)
        {
            // The information system is away, or this host is going down; captures go on, and the next report may get through.
            if (!stop.IsCancellationRequested) TellReport(e.Message);
            return false;
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
            if (outcome.Ok) return SourceList.Read(json, name => TellSources($"The interface {name} cannot be a capture point: its name is no part of an id."));
            TellSources(outcome.Message);
        }
        catch (JsonException e)
        {
            TellSources($"The engine's list of sources cannot be read: {e.Message}");
        }
        return [];
    }

    private void TellSources(string trouble)
    {
        if (trouble != _sourcesTrouble) Log.SourcesTrouble(log, trouble);
        _sourcesTrouble = trouble;
    }

    private void TellReport(string? trouble)
    {
        if (trouble is not null && trouble != _reportTrouble) Log.ReportFailed(log, trouble);
        if (trouble is null && _reportTrouble is not null) Log.ReportsAgain(log);
        _reportTrouble = trouble;
    }

    private List<CaptureId> Captures() => [.. directories.All().Select(c => c.Id).OrderBy(id => id.Value, StringComparer.Ordinal).Take(CapturesToldMax)];

    private long DiskFreeBytes()
    {
        Directory.CreateDirectory(options.DataFolder);
        return new DriveInfo(Path.GetFullPath(options.DataFolder)).AvailableFreeSpace;
    }
}
