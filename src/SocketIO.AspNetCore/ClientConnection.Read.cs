using System.Runtime.CompilerServices;
using EngineIO;
using EngineIO.AspNetCore;
using SocketIO.AspNetCore.Internal;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

public sealed partial class ClientConnection
{
    // The reading thread's: CONNECTs and left namespaces of the payload that is being read.
    private List<PendingConnect>? _connects;
    private List<string>? _left;

    // Null once the session is over. A box, so that OnClosed can let go of half a packet while the reading thread still uses it.
    private volatile StrongBox<DecoderState>? _decoder = new();

    ValueTask IEngineSessionHandler.OnMessageAsync(EngineMessage message)
    {
        // 1. A message after the end, already under way when the session was closed.
        if (_isClosed || _decoder is not { } decoder) return default;

        // 2. Messages make packets.
        switch (Decode(message, ref decoder.Value, out var packet))
        {
            case DecodeStatus.NeedMore:
                return default;
            case DecodeStatus.Malformed:
                OnMalformed(decoder.Value.Error ?? "invalid packet");
                return default;
        }

        // 3. A packet is for the socket of its namespace, asks for one, or does not fit.
        var ns = IsV2 ? V2Namespace.NameOf(packet.Namespace) : packet.Namespace;
        if (Find(ns) is not { } socket)
        {
            if (packet.Type == PacketType.Connect) Connect(ns, IsV2 ? V2Namespace.AuthOf(packet.Namespace) : packet.Data.Copy());
            else if (_left?.Contains(ns) == true) LogAfterDisconnect(Server.Loggers.Socket);
            else OnInvalidState(packet.Type);
            return default;
        }

        switch (packet.Type)
        {
            case PacketType.Event:
                return socket.ReceiveEventAsync(packet);
            case PacketType.Ack:
                socket.ReceiveAck(packet);
                return default;
            case PacketType.Disconnect:
                (_left ??= []).Add(ns);
                socket.ReceiveDisconnect(packet);
                return default;
            default:
                OnInvalidState(packet.Type);
                return default;
        }
    }

    // A CONNECT starts only now: what follows it in the same payload does not find its namespace joined, as in the reference.
    void IEngineSessionHandler.OnReadCompleted()
    {
        _left = null;
        if (_connects is not { } connects) return;
        _connects = null;
        foreach (var connect in connects) StartConnect(connect.Namespace, connect.Auth);
    }

    void IEngineSessionHandler.OnClosed(string reason, Exception? error) => OnClosed(reason, error);

    /// <summary>Joins the main namespace on behalf of a Socket.IO 2.x client, which does not ask for it.</summary>
    internal void ConnectImplicitly()
    {
        lock (_gate) (_joining ??= []).Add(SocketProtocol.MainNamespace);
        StartConnect(SocketProtocol.MainNamespace, default);
    }

    private DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet)
    {
        try
        {
            return Server.Parser.Decode(message, ref state, out packet);
        }
        catch (Exception exception)
        {
            // A parser of the application's; ours returns what is wrong.
            LogParserFailed(_log, exception);
            packet = default;
            return DecodeStatus.Malformed;
        }
    }

    private ServerSocket? Find(string ns)
    {
        foreach (var socket in _sockets)
        {
            if (string.Equals(socket.Namespace.Name, ns, StringComparison.Ordinal)) return socket;
        }

        return null;
    }

    private void Connect(string ns, Payload auth)
    {
        lock (_gate)
        {
            // A second CONNECT while the first is still with the middlewares: one socket is enough.
            _joining ??= [];
            if (_joining.Contains(ns)) return;
            if (_joining.Count + _sockets.Length < Server.Options.MaxNamespacesPerConnection)
            {
                _joining.Add(ns);
                (_connects ??= []).Add(new PendingConnect(ns, auth));
                return;
            }
        }

        Refuse(ns, "Too many namespaces");
    }

    // It fails in no way, and nobody waits for it: the reading thread goes on when a predicate or a middleware awaits.
    private void StartConnect(string ns, Payload auth) => _ = ConnectAsync(ns, auth);

    private async Task ConnectAsync(string name, Payload auth)
    {
        // The end of the session answers.
        if (Server.IsClosing) return;
        var ns = Server.Enter(name);
        if (ns is not null) LogConnecting(_log, name);
        else ns = await Server.EnterChildAsync(name, this, auth).ConfigureAwait(false);
        if (ns is null)
        {
            LogDenied(_log, name);
            ForgetConnect(name);
            Refuse(name, "Invalid namespace");
            return;
        }

        await ns.Ready.ConfigureAwait(false);
        await ns.ConnectAsync(this, auth).ConfigureAwait(false);
    }

    private void Refuse(string ns, string message)
    {
        var packet = new Packet(PacketType.ConnectError, ns, Server.Serializer.SerializeConnectError(message));
        if (!IsOpen)
        {
            LogIgnoredWrite(packet);
            return;
        }

        var encoded = Server.Parser.Encode(packet);
        Session.Post(encoded.First, encoded.Rest);
    }

    private void OnMalformed(string error)
    {
        LogInvalidFormat(_log);
        Server.Metrics.MalformedPacket();
        var exception = new InvalidPacketException(error);
        foreach (var socket in _sockets) socket.RaiseError(exception);
        Session.Close();
    }

    private void OnInvalidState(PacketType type)
    {
        LogInvalidState(_log, (int)type);
        Close();
    }

    private readonly record struct PendingConnect(string Namespace, Payload Auth);
}
