// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Files.Remote;

/// <summary>Where the probes say that their files are, as the store knows it; read again after two seconds.</summary>
internal sealed class ProbeAddresses(ICatalog catalog, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<ProbeId, ProbeView> _probes = [];
    private long _read;

    /// <summary>A probe that is away or serves no files is <see cref="ProblemCodes.Unreachable"/>.</summary>
    public async Task<Answer<Uri>> Of(ProbeId probe, CancellationToken cancel)
    {
        await Refresh(cancel);
        if (!_probes.TryGetValue(probe, out var view)) return new Problem(ProblemCodes.Unreachable, $"No probe {probe} has reported yet.");
        if (!view.Present) return new Problem(ProblemCodes.Unreachable, $"The probe {probe} is away since {view.AwaySince:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
        if (!Uri.TryCreate(view.FilesAt, UriKind.Absolute, out var address)) return new Problem(ProblemCodes.Unreachable, $"The probe {probe} serves no files to other hosts.");
        return address;
    }

    public void Dispose() => _turn.Dispose();

    private async Task Refresh(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_read != 0 && clock.GetElapsedTime(_read) < s_fresh) return;
            _probes = (await catalog.Probes()).ToDictionary(p => p.Id);
            _read = clock.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }
}
