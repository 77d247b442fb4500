// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>Connection ids of packets that came before it was known which side is the server: the first of each direction.</summary>
internal static class QuicIds
{
    public static void Hold(QuicFields fields, QuicDatagram datagram, ushort port)
    {
        if (fields.Held.Port != 0 && fields.HeldOther.Port == 0 && fields.Held.Port != port)
            Set(ref fields.HeldOther, datagram, port);
        if (fields.Held.Port == 0)
            Set(ref fields.Held, datagram, port);
    }

    /// <summary>Gives the held ids their meaning once the server's port is known.</summary>
    public static void TakeHeld(QuicFields fields, bool isNew)
    {
        if (isNew || fields.ServerPort == 0 || fields.Held.Port == 0)
            return;
        Take(ref fields.Held, fields);
        if (fields.HeldOther.Port != 0)
            Take(ref fields.HeldOther, fields);
    }

    private static void Take(ref HeldIds held, QuicFields fields)
    {
        if (held.Port == fields.ServerPort)
        {
            if (fields.HelloSeen && fields.ServerSeen)
                fields.Server.SetOnce(held.Destination);
            fields.OriginalClient.SetOnce(held.Source);
        }
        else
        {
            fields.Server.SetOnce(held.Source);
            fields.OriginalClient.SetOnce(held.Destination);
        }
        held.Port = 0;
    }

    private static void Set(ref HeldIds held, QuicDatagram datagram, ushort port)
    {
        held.Source = datagram.Source;
        held.Destination = datagram.Destination;
        held.Port = port;
    }
}
