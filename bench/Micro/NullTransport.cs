using EngineIO.AspNetCore;
using EngineIO.AspNetCore.Sending;
using EngineIO.AspNetCore.Transports;

namespace Micro;

/// <summary>Takes every batch at once and sends it nowhere: what remains is the work of the layers above.</summary>
internal sealed class NullTransport(EngineSession session) : Transport(session, supportsBinary: true)
{
    public override string Name => "websocket";

    public override bool IsWritable => true;

    public override bool GathersWrites => true;

    public override ValueTask<bool> WriteAsync(List<OutgoingPacket> batch) => new(true);

    public override void Close()
    {
    }

    /// <summary>A message arrives alone.</summary>
    public ValueTask ReceiveAsync(ReadOnlyMemory<byte> text)
    {
        Codec.DecodeFrame(text, isBinary: false, out var packet);
        var handled = Session.OnPacketAsync(this, packet);
        Session.OnReadCompleted(this);
        return handled;
    }
}
