// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Win32.SafeHandles;

namespace Tci.EndToEnd.Stage;

/// <summary>
/// A network of its own, with the loopback interface up and without IPv6, so that nobody speaks in it unasked. It has no name: it is gone with the
/// last process and handle in it, whatever becomes of the test.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private readonly SafeFileHandle _handle;

    public NetworkNamespace()
    {
        _handle = OnThread(() =>
        {
            Libc.NewNetwork();
            File.WriteAllText("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
            File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
            return File.OpenHandle("/proc/thread-self/ns/net");
        });
        Shell.Run([.. Enter, "ip", "link", "set", "lo", "up"]);
    }

    /// <summary>What stands before a command to run it in here.</summary>
    public string[] Enter => ["nsenter", $"--net={Path}"];

    /// <summary>Names it for other processes.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_handle.DangerousGetHandle()}";

    /// <summary>Runs on a thread that is in here: a socket belongs to the network it was made in.</summary>
    public T Inside<T>(Func<T> make) => OnThread(() =>
    {
        Libc.EnterNetwork(_handle);
        return make();
    });

    public void Dispose() => _handle.Dispose();

    // A thread of its own, which ends afterwards: threads of the pool must not stay in another network.
    private static T OnThread<T>(Func<T> work)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException($"A network namespace cannot be used: {failure.Message}", failure);
    }
}
