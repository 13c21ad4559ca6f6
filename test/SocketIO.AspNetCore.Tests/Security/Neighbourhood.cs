using TestKit;

namespace SocketIO.AspNetCore.Tests.Security;

/// <summary>A server, a client that behaves well, and room for those that do not.</summary>
internal sealed class Neighbourhood : IAsyncDisposable
{
    /// <summary>Stands in what hostile clients send; no log line may show it.</summary>
    public const string Secret = "s3cr3t-of-the-wire";

    private readonly TestClient _neighbour;
    private int _rounds;

    private Neighbourhood(TestServer server, TestClient neighbour) => (Server, _neighbour) = (server, neighbour);

    public TestServer Server { get; }

    /// <summary>The events that reached handlers, but for the neighbour's.</summary>
    public Trace Events { get; private init; } = null!;

    public static async Task<Neighbourhood> StartAsync(Action<SocketIOServer>? setUp = null, Action<SocketIOOptions>? options = null)
    {
        var events = new Trace();
        var server = await TestServer.StartAsync(
            io =>
            {
                io.OnConnection(socket =>
                {
                    socket.OnRequest<int, int>("neighbour", number => new ValueTask<int>(number));
                    socket.OnAny(arguments =>
                    {
                        if (arguments.Name != "neighbour") events.Add(arguments.Name);
                    });
                });
                setUp?.Invoke(io);
            },
            options,
            debug: true);
        return new Neighbourhood(server, await server.ConnectAsync()) { Events = events };
    }

    /// <summary>The connection was closed, and it alone: one line tells so without what was sent, and nothing of it is left.</summary>
    /// <param name="hostile">Who sent it.</param>
    /// <param name="line">The line of the category <c>socket.io:client</c>.</param>
    public async Task AssertClosedAloneAsync(TestClient hostile, string line = "invalid packet format")
    {
        Assert.True((await hostile.ReceiveEndAsync()).IsEnd);
        await Deadline.UntilAsync(() => Server.Io.Engine.ClientsCount == 1 && Server.Io.Sockets.Sockets.Count == 1, "the hostile connection to go");
        Assert.Single(Server.Debug!.Of("socket.io:client"), line);
        Assert.Empty(Events.Lines);
        await AssertUnharmedAsync();
    }

    /// <summary>The neighbour is served, no error was logged, and no line shows what was sent.</summary>
    public async Task AssertUnharmedAsync()
    {
        int round = ++_rounds;
        await _neighbour.SendAsync($"42{round}[\"neighbour\",{round}]");
        await _neighbour.ExpectAsync($"43{round}[{round}]");
        Assert.Empty(Server.Log.Errors);
        foreach (string category in (string[])["engine", "engine:socket", "engine:polling", "engine:ws", "socket.io:client", "socket.io:socket", "socket.io:namespace", "socket.io:server"])
            Assert.DoesNotContain(Server.Debug!.Of(category), line => line.Contains(Secret, StringComparison.Ordinal) && Server.Debug.LevelOf(line) > Microsoft.Extensions.Logging.LogLevel.Trace);
    }

    public async ValueTask DisposeAsync()
    {
        await _neighbour.DisposeAsync();
        await Server.DisposeAsync();
    }
}
