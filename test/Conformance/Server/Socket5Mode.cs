using SocketIO;
using SocketIO.AspNetCore;

namespace Conformance.Server;

/// <summary>Mode <c>sio5</c>: what the suite of Socket.IO protocol revision 5 talks to.</summary>
internal static class Socket5Mode
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSocketIO(options =>
        {
            EngineDefaults.Apply(options);
            options.ConnectTimeout = TimeSpan.FromMilliseconds(1000);
        });
        var app = builder.Build();
        var io = app.MapSocketIO();
        io.OnConnection(GreetAndEchoAsync);
        io.Of("/custom").OnConnection(GreetAndEchoAsync);
        return app;
    }

    private static ValueTask GreetAndEchoAsync(ServerSocket socket)
    {
        socket.On<EventArguments>("message", arguments => socket.EmitArgumentsAsync("message-back", arguments.ToArray()));
        socket.On<EventArguments, Ack>("message-with-ack", (arguments, ack) => ack.SendArgumentsAsync(arguments.ToArray()));
        return socket.EmitAsync("auth", socket.Handshake.Auth);
    }
}
