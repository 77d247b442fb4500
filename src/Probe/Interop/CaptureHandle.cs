// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Win32.SafeHandles;

namespace Tci.Probe.Interop;

/// <summary>
/// A <c>tci_capture</c>: the mapped pages of one capture directory. Disposing it leaves the capture running; a call in progress on another thread keeps the
/// pages mapped until it returns.
/// </summary>
internal sealed class CaptureHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Native.Close(handle);
        return true;
    }
}
