using System.Text;

namespace SocketIO.AspNetCore.Tests;

public sealed class ServerEventTests
{
    [Fact, Trait("Spec", "SRV-SRV-04"), Trait("Spec", "SRV-SRV-05"), Trait("Spec", "SRV-SRV-10")]
    public async Task AreConnectionsNamespacesAndWhatOtherServersEmit()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.NamespaceCreated += ns => trace.Add(ns.Name);
            io.ServerSide.On<int>("hello", number => trace.Add($"hello {number}"));
            io.OnConnection(socket => trace.Add(io.Engine.ClientsCount + " connection"));
        });
        await using var client = await server.ConnectAsync();
        server.Io.Of("/new");
        server.Io.ServerSide.Receive(new Payload(Encoding.UTF8.GetBytes("""["hello",7]""")));
        ValueTask emitted = server.Io.EmitAsync("e");
        await emitted;

        await trace.UntilAsync(3);
        Assert.Equal(["1 connection", "/new", "hello 7"], trace.Lines);
        Assert.Equal("/socket.io", server.Io.Options.Path);
    }
}
