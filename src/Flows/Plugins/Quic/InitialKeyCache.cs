// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Quic.Protection;

namespace Tci.Flows.Plugins.Quic;

/// <summary>
/// Keys of the connections seen last, so that the Initials of a handshake share one derivation. Bounded: a place is
/// taken over by the next connection that falls on it.
/// </summary>
internal sealed class InitialKeyCache
{
    // Of a busy link: a handshake's Initials come within a second, in which a thousand others may begin.
    private const int Places = 2048;

    private readonly Entry[] entries = new Entry[Places];
    private readonly InitialSecrets secrets = new();

    /// <summary>Keys derived so far.</summary>
    public long Derivations { get; private set; }

    public InitialKeys Get(ReadOnlySpan<byte> connectionId, InitialSalt salt, bool version2)
    {
        var hash = Table.XxHash64.Hash(connectionId) + (ulong)salt;
        ref var entry = ref entries[hash % Places];
        if (entry.Keys is not null && entry.Salt == salt && entry.Version2 == version2 && entry.Id.Value.SequenceEqual(connectionId))
            return entry.Keys;
        entry.Id.Set(connectionId);
        entry.Salt = salt;
        entry.Version2 = version2;
        Derivations++;
        if (entry.Keys is null)
            return entry.Keys = new InitialKeys(connectionId, salt, version2);
        secrets.Derive(connectionId, salt, version2);
        entry.Keys.Set(secrets);
        return entry.Keys;
    }

    private struct Entry
    {
        public ConnectionId Id;
        public InitialSalt Salt;
        public bool Version2;
        public InitialKeys? Keys;
    }
}
