// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Table;

namespace Tci.Flows.Reassembly;

/// <summary>The streams that are being put together now, by handle, and how many were given up.</summary>
/// <param name="maxStreams">The bound on streams at one time.</param>
internal sealed class StreamBuffers(int maxStreams)
{
    /// <summary>Streams at one time over all cores; with <see cref="StreamBuffer.MaxBytes"/> each, 32 MiB in total.</summary>
    public const int MaxStreams = 2048;

    private readonly Pool<StreamBuffer> pool = new();
    private int inUse;

    /// <summary>Streams left unread because a bound was reached, or the flow ended before they were whole.</summary>
    public long GivenUp { get; private set; }

    public StreamBuffer this[int handle] => pool[handle];

    /// <summary>A new stream's handle; 0 when there are as many as may be, which counts as one given up.</summary>
    public int Begin()
    {
        if (inUse == maxStreams)
        {
            GivenUp++;
            return 0;
        }
        inUse++;
        return pool.Rent();
    }

    /// <summary>The stream was read.</summary>
    public void End(int handle)
    {
        inUse--;
        pool.Return(handle);
    }

    /// <summary>The stream will never be whole.</summary>
    public void GiveUp(int handle)
    {
        GivenUp++;
        End(handle);
    }
}
