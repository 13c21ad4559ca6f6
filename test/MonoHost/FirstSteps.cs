using System.Net.WebSockets;
using EngineIO.Client;
using SocketIO;
using SocketIO.Client;

/// <summary>What an application does first, on whatever runtime this was compiled for: <c>url transport[,transport] [own]</c>, with the client's WebSockets or its own. Prints "passed" at the end.</summary>
internal static class FirstSteps
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new SocketManagerOptions { Transports = args[1].Split(','), ReconnectionDelay = TimeSpan.FromMilliseconds(50) };
        if (args.Length > 2) (options.WebSocketFactory, options.DangerousAcceptAnyServerCertificate) = (OpenAsync, true);
        var manager = new SocketManager(new Uri(args[0]), options);
        var socket = manager.Socket();
        var echoed = new TaskCompletionSource<string?>();
        var returned = new TaskCompletionSource<bool>();
        int connections = 0;
        socket.On("echo", (string text, byte[] bytes) => { echoed.TrySetResult(text + string.Join(",", bytes)); });
        socket.OnConnected(() =>
        {
            if (++connections == 2) returned.TrySetResult(true);
        });
        socket.OnConnectError(error => Console.WriteLine(error));
        manager.OnHandlerError(error => Console.WriteLine(error.Exception));

        await Within(socket.ConnectAsync(), "connect");
        await socket.EmitAsync("echo", "hällo", new byte[] { 1, 2, 3 });
        Expect("hällo1,2,3", await Within(echoed.Task, "echo"));
        Expect("x", await Within(socket.EmitWithAckAsync<string>("echo", "x"), "acknowledgement"));
        byte[] large = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();
        byte[]? answer = await Within(socket.EmitWithAckAsync<byte[]>("echo", large), "bytes");
        if (!Enumerable.SequenceEqual(large, answer ?? [])) throw new InvalidOperationException("other bytes");

        await socket.EmitAsync("close my engine");
        await Within(returned.Task, "reconnection");
        Expect("y", await Within(socket.EmitWithAckAsync<string>("echo", "y"), "second acknowledgement"));
        await Within(manager.DisposeAsync().AsTask(), "disposal");
        Console.WriteLine("passed");
        return 0;
    }

    private static async Task<WebSocket> OpenAsync(WebSocketRequest request, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        request.ApplyTo(socket.Options);
        await socket.ConnectAsync(request.Uri, cancellationToken);
        Console.WriteLine("own WebSocket");
        return socket;
    }

    private static void Expect(string expected, string? actual)
    {
        if (expected != actual) throw new InvalidOperationException($"expected {expected}, got {actual}");
    }

    private static async Task<T?> Within<T>(Task<T?> task, string what)
    {
        await Within((Task)task, what);
        return await task;
    }

    private static async Task Within(Task task, string what)
    {
        if (await Task.WhenAny(task, Task.Delay(s_limit)) != task) throw new TimeoutException(what);
        await task;
        Console.WriteLine(what);
    }
}
