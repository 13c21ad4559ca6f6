using System.Globalization;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Internal;

/// <summary>A packet as the reference's debug lines show it; becomes text only where a line is written.</summary>
internal readonly struct PacketText(in Packet packet)
{
    private readonly Packet _packet = packet;

    public override string ToString()
    {
        var data = _packet.Data.IsEmpty ? "" : $",\"data\":{_packet.Data}";
        var id = _packet.Id is { } number ? string.Create(CultureInfo.InvariantCulture, $",\"id\":{number}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{{\"type\":{(int)_packet.Type},\"nsp\":\"{_packet.Namespace}\"{id}{data}}}");
    }
}
