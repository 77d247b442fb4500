// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Captures;

/// <summary>Sees every frame of a capture, whether it belongs to a flow or not.</summary>
internal interface IFrameObserver
{
    /// <param name="reader">Stands at the frame; not to be moved.</param>
    void See(CaptureReader reader);
}
