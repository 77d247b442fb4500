// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>A connection id that is told once; an id of no bytes counts as told.</summary>
internal struct OptionalId
{
    public ConnectionId Id;
    public bool IsSet;

    public void SetOnce(in ConnectionId id)
    {
        if (IsSet)
            return;
        Id = id;
        IsSet = true;
    }
}
