namespace Architecture.Tests;

/// <summary>Every public member of the official server has its counterpart here; <c>eng/Parity/spec.tsv</c> names it.</summary>
public sealed class CatalogueTests
{
    [Theory]
    [InlineData("SRV-API-01", "new Server(options)")]
    [InlineData("SRV-API-02", "attach, listen, bind, onconnection, handleRequest")]
    [InlineData("SRV-API-03", "close")]
    [InlineData("SRV-API-04", "of(name), of(regex), of(function)")]
    [InlineData("SRV-API-05", "sockets, engine, _nsps")]
    [InlineData("SRV-API-06", "path, serveClient, connectTimeout, adapter")]
    [InlineData("SRV-API-07", "use")]
    [InlineData("SRV-API-08", "emit, send, write, emitWithAck")]
    [InlineData("SRV-API-09", "to, in, except, compress, volatile, local, timeout")]
    [InlineData("SRV-API-10", "fetchSockets, allSockets, socketsJoin, socketsLeave, disconnectSockets")]
    [InlineData("SRV-API-11", "serverSideEmit, serverSideEmitWithAck")]
    [InlineData("SRV-API-12", "connection, new_namespace, server-side events")]
    [InlineData("SRV-API-13", "on, once, off")]
    [InlineData("SRV-API-20", "name, sockets, adapter, server")]
    [InlineData("SRV-API-21", "use, connection")]
    [InlineData("SRV-API-22", "emit, send, to, in, except, compress, volatile, local, timeout")]
    [InlineData("SRV-API-23", "fetchSockets, allSockets, socketsJoin, socketsLeave, disconnectSockets, serverSideEmit")]
    [InlineData("SRV-API-24", "emit, use, connection, to")]
    [InlineData("SRV-API-30", "to, in, except")]
    [InlineData("SRV-API-31", "compress, volatile, local, timeout")]
    [InlineData("SRV-API-32", "emit, emitWithAck")]
    [InlineData("SRV-API-33", "allSockets, fetchSockets, socketsJoin, socketsLeave, disconnectSockets")]
    [InlineData("SRV-API-34", "id, handshake, rooms, data, timeout, emit, join, leave, disconnect")]
    [InlineData("SRV-API-40", "id, handshake, data, rooms, connected, disconnected, recovered, nsp, client, conn")]
    [InlineData("SRV-API-41", "emit, emitWithAck, send")]
    [InlineData("SRV-API-42", "volatile, broadcast, local, compress, timeout")]
    [InlineData("SRV-API-43", "to, in, except")]
    [InlineData("SRV-API-44", "join, leave")]
    [InlineData("SRV-API-45", "disconnect")]
    [InlineData("SRV-API-46", "use")]
    [InlineData("SRV-API-47", "onAny, prependAny, offAny, onAnyOutgoing, prependAnyOutgoing, offAnyOutgoing")]
    [InlineData("SRV-API-48", "disconnecting, disconnect, error")]
    [InlineData("SRV-API-49", "on, once, off")]
    [InlineData("SRV-API-60", "conn, nsps, server")]
    [InlineData("SRV-API-61", "clientsCount, use, handleRequest, close, opts, clients")]
    [InlineData("SRV-API-62", "connection, connection_error, headers, initial_headers")]
    [InlineData("SRV-API-63", "id, protocol, request, readyState, transport, send, close, upgrading, upgrade, packet, packetCreate, heartbeat, close")]
    [InlineData("SRV-API-64", "name, writable")]
    [InlineData("SRV-API-65", "addAll, del, delAll, broadcast, broadcastWithAck, sockets, socketRooms, addSockets, delSockets, disconnectSockets, fetchSockets, serverSideEmit, serverCount, init, close")]
    [InlineData("SRV-API-66", "Server, Namespace, Socket, BroadcastOperator, RemoteSocket, DisconnectReason")]
    public void Official_members_have_counterparts(string id, string official)
    {
        var item = ParityTests.Report.Items.Single(item => item.Id == id);
        Assert.True(item.Members.Count > 0, official);
        Assert.All(item.Members, name => Assert.True(PublicSurface.Has(name), $"{name} for one of {official}"));
    }
}
