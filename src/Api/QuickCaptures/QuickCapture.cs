// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Tci.Contracts;

namespace Tci.Api.QuickCaptures;

/// <summary>"Capture this address now, on these points, for an hour."</summary>
/// <param name="Target">An address, <c>192.0.2.7</c> or <c>2001:db8::7</c>, or a network, <c>192.0.2.0/24</c>.</param>
/// <param name="Points">1 to 64.</param>
/// <param name="Duration">An hour where it is left out.</param>
/// <param name="Bytes">Stored on each point at most; needed where a quota of bytes holds.</param>
/// <param name="Snaplen">Bytes kept of each packet; null keeps whole packets.</param>
/// <param name="Name">Of the job; made of the target where it is left out.</param>
public sealed record QuickCapture(
    string Target, IReadOnlyList<PointId> Points, TimeSpan? Duration = null, long? Bytes = null, int? Snaplen = null, string? Name = null)
{
    private static readonly TimeSpan s_usual = TimeSpan.FromHours(1);

    /// <summary>The job that it is: at high priority, with its flows.</summary>
    public Answer<JobSpec> Spec()
    {
        if (!TryFilter(Target, out var filter))
            return new Problem(ProblemCodes.InvalidRequest, "A target is an address such as 192.0.2.7 or 2001:db8::7, or a network such as 192.0.2.0/24, written out.", Field: "target");
        return new JobSpec
        {
            Name = Name ?? $"quick capture of {Target}",
            Points = Points,
            Filter = filter,
            Limits = new JobLimits { Duration = Duration ?? s_usual, Bytes = Bytes },
            Snaplen = Snaplen,
            Processing = [new ProcessingStep { Processor = "flows" }],
            Labels = new Dictionary<string, string> { ["quick-capture"] = Target },
            Priority = JobPriority.High,
        };
    }

    // Nothing of the text gets into the filter but what was read as an address, so it can say nothing else.
    private static bool TryFilter(string target, [NotNullWhen(true)] out string? filter)
    {
        filter = null;
        if (target.Length > 64 || target.Contains('%', StringComparison.Ordinal)) return false;
        if (target.Contains('/', StringComparison.Ordinal))
        {
            if (IPNetwork.TryParse(target, out var network) && IsWrittenOut(target[..target.IndexOf('/', StringComparison.Ordinal)], network.BaseAddress)) filter = $"net {network}";
        }
        else if (IPAddress.TryParse(target, out var address) && IsWrittenOut(target, address))
        {
            filter = $"host {address}";
        }

        return filter is not null;
    }

    // 10.1 is an address to the framework, and hardly the one that was meant.
    private static bool IsWrittenOut(string text, IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text;
}
