using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>Whatever a handler does to its own client, from wherever it is called, neither hangs nor breaks it.</summary>
public sealed class ReentrancyTests
{
    private static readonly string[] s_places =
    [
        "event", "any", "any outgoing", "request", "acknowledgement", "connect", "disconnect", "connect_error",
        "open", "close", "packet", "reconnect_attempt", "reconnect", "handler error", "credentials",
    ];

    private static readonly string[] s_acts =
        ["emit", "await an acknowledgement", "connect", "disconnect", "disconnect and connect", "remove handlers", "abort", "dispose of the socket", "dispose of the manager", "block on disposal"];

    public static MatrixTheoryData<string, string> Cases => new(s_places, s_acts);

    [Theory, MemberData(nameof(Cases)), Trait("Spec", "CLI-ROB-04"), Trait("Spec", "CLI-NET-14"), Trait("Spec", "CLI-DSP-01")]
    public async Task AHandlerMayDoAnything(string place, string act)
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(socket =>
        {
            socket.OnRequest("echo", (int n) => n);
            socket.On("start", () => socket.EmitAsync("go"));
            socket.On("ask", () => socket.EmitAsync("question"));
        }));
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions
        {
            Transports = ["websocket"],
            ReconnectionDelay = TimeSpan.FromMilliseconds(5),
            CloseTimeout = TimeSpan.FromMilliseconds(200),
        });
        var socket = manager.Socket();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isDisposal = act.Contains("dispos", StringComparison.Ordinal);
        Register(place, socket, OnceAsync);

        // Events that come before the handlers of the server's connection would be missed.
        if (place is not ("connect" or "connect_error" or "open" or "packet" or "credentials")) await ConnectAsync();
        Trigger(place, socket, OnceAsync);
        await entered.Task.WithDeadline("the handler");
        if (!isDisposal) await ConnectAsync();
        await done.Task.WithDeadline(act);
        if (isDisposal)
        {
            Assert.False(socket.Connected);
            Assert.Throws<ObjectDisposedException>(() => socket.Emit("e"));
            await socket.DisposeAsync().AsTask().WithDeadline();
        }
        else
        {
            await ConnectAsync();
        }

        async Task OnceAsync()
        {
            if (!entered.TrySetResult()) return;
            try
            {
                await ActAsync(act, socket);
                done.TrySetResult();
            }
            catch (SocketDisconnectedException) when (act == "await an acknowledgement")
            {
                // The connection was lost: a word for it is all that is asked for.
                done.TrySetResult();
            }
            catch (Exception error)
            {
                done.TrySetException(error);
            }
        }

        // Also while an act disconnects.
        async Task ConnectAsync()
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    await socket.ConnectAsync().WithDeadline("the connection");
                    Assert.Equal(7, await socket.EmitWithAckAsync<int>("echo", 7).WithDeadline("an answer"));
                    return;
                }
                catch (Exception error) when (attempt < 10 && error is SocketDisconnectedException or SocketConnectException)
                {
                    // Again.
                }
            }
        }
    }

    private static void Register(string place, ClientSocket socket, Func<Task> handler)
    {
        var manager = socket.Manager;
        switch (place)
        {
            case "event": socket.On("go", handler); break;
            case "any": socket.OnAny(_ => handler()); break;
            case "any outgoing":
                socket.OnAnyOutgoing(arguments =>
                {
                    if (arguments.Name == "start") _ = handler();
                });
                break;
            case "request":
                socket.OnRequest<int>("question", async () =>
                {
                    await handler();
                    return 1;
                });
                break;
            case "connect": socket.OnConnected(handler); break;
            case "disconnect": socket.OnDisconnected(_ => handler()); break;
            case "connect_error":
                var refusals = 1;
                socket.AuthProvider = _ => Interlocked.Decrement(ref refusals) == 0 ? throw new InvalidOperationException() : default;
                socket.OnConnectError(_ => handler());
                break;
            case "credentials":
                // It is awaited by the connection, which an acknowledgement would wait for in turn.
                socket.AuthProvider = token =>
                {
                    _ = handler();
                    return default;
                };
                break;
            case "open": manager.OnOpen(handler); break;
            case "close": manager.OnClose(_ => handler()); break;
            case "packet": manager.OnPacket(_ => handler()); break;
            case "reconnect_attempt": manager.OnReconnectAttempt(_ => handler()); break;
            case "reconnect": manager.OnReconnect(_ => handler()); break;
            case "handler error":
                socket.On("go", void () => throw new InvalidOperationException());
                manager.OnHandlerError(error => { _ = handler(); });
                break;
        }
    }

    private static void Trigger(string place, ClientSocket socket, Func<Task> handler)
    {
        switch (place)
        {
            case "event" or "any" or "handler error":
                socket.Emit("start");
                break;
            case "any outgoing":
                // Its handler runs before the event is sent, and may end the socket.
                if (Record.Exception(() => socket.Emit("start")) is { } error) Assert.IsType<ObjectDisposedException>(error);
                break;
            case "request":
                socket.Emit("ask");
                break;
            case "disconnect" or "close" or "reconnect_attempt" or "reconnect":
                socket.Manager.Engine!.Abort();
                break;
            case "acknowledgement":
                _ = socket.EmitWithAckAsync<int>("echo", 1).ContinueWith(_ => handler(), TaskContinuationOptions.ExecuteSynchronously);
                break;
            default:
                socket.Connect();
                break;
        }
    }

    private static async Task ActAsync(string act, ClientSocket socket)
    {
        switch (act)
        {
            case "emit": await socket.EmitAsync("echo", 1); break;
            case "await an acknowledgement": Assert.Equal(5, await socket.EmitWithAckAsync<int>("echo", 5)); break;
            case "connect": socket.Connect(); break;
            case "disconnect": socket.Disconnect(); break;
            case "disconnect and connect":
                await socket.DisconnectAsync();
                socket.Connect();
                break;
            case "remove handlers":
                socket.Off();
                socket.OffAny();
                socket.OffAnyOutgoing();
                break;
            case "abort": socket.Manager.Engine?.Abort(); break;
            case "dispose of the socket": await socket.DisposeAsync(); break;
            case "dispose of the manager": await socket.Manager.DisposeAsync(); break;
#pragma warning disable xUnit1031 // What must not hang is just that.
            default: socket.Manager.DisposeAsync().AsTask().Wait(); break;
#pragma warning restore xUnit1031
        }
    }
}
