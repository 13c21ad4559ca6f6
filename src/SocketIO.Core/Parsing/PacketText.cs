using System.Globalization;

namespace SocketIO.Parsing;

/// <summary>A packet as the reference's debug lines show it, where the order of the members tells which way it goes. It becomes text only where a line is written.</summary>
/// <param name="packet">The packet.</param>
/// <param name="isSent">Whether it leaves.</param>
/// <param name="hasOptions">Whether an event bears its options, as those do that a client sends.</param>
internal readonly struct PacketText(in Packet packet, bool isSent, bool hasOptions = false)
{
    private readonly Packet _packet = packet;

    public override string ToString()
    {
        var type = ((int)_packet.Type).ToString(CultureInfo.InvariantCulture);
        var data = _packet.Data.IsEmpty ? "" : $",\"data\":{_packet.Data}";
        var id = _packet.Id is { } number ? $",\"id\":{number.ToString(CultureInfo.InvariantCulture)}" : "";
        var options = hasOptions && _packet.Type == PacketType.Event ? ",\"options\":{\"compress\":true}" : "";
        return isSent
            ? $"{{\"type\":{type}{data}{options}{id},\"nsp\":\"{_packet.Namespace}\"}}"
            : $"{{\"type\":{type},\"nsp\":\"{_packet.Namespace}\"{id}{data}}}";
    }
}
