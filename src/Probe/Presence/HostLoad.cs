// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;

namespace Tci.Probe.Presence;

/// <summary>How busy the host is.</summary>
internal static class HostLoad
{
    /// <summary>Processes that want to run, averaged over a minute, per processor (proc_loadavg(5)); 0 where the system does not tell.</summary>
    public static double PerProcessor()
    {
        try
        {
            var first = File.ReadAllText("/proc/loadavg").Split(' ')[0];
            return double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out var load) ? load / Environment.ProcessorCount : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
