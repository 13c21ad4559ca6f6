using System.Globalization;
using SocketIO.Parsing;

namespace SocketIO.Client.Internal;

/// <summary>A packet as the official client's debug lines show it, where the order of the members tells which way it goes. It becomes text only where a line is written.</summary>
internal readonly struct PacketText(in Packet packet, bool isSent)
{
    private readonly Packet _packet = packet;

    public override string ToString()
    {
        var type = ((int)_packet.Type).ToString(CultureInfo.InvariantCulture);
        var data = _packet.Data.IsEmpty ? "" : $",\"data\":{_packet.Data}";
        var id = _packet.Id is { } number ? $",\"id\":{number.ToString(CultureInfo.InvariantCulture)}" : "";
        var options = isSent && _packet.Type == PacketType.Event ? ",\"options\":{\"compress\":true}" : "";
        return isSent
            ? $"{{\"type\":{type}{data}{options}{id},\"nsp\":\"{_packet.Namespace}\"}}"
            : $"{{\"type\":{type},\"nsp\":\"{_packet.Namespace}\"{id}{data}}}";
    }
}
