using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Matrix;

/// <summary>What each row of a matrix does with a socket.</summary>
internal static class Everything
{
    public const int Burst = 100;

    private static readonly byte[] Bytes = [0, 127, 128, 255];

    private static readonly string[] Numbers = [.. Enumerable.Range(0, Burst).Select(i => $"{i}")];

    /// <summary>Connects while events wait, sends and receives all kinds of them, waits for the upgrade where there is one, and does it all again.</summary>
    /// <param name="socket">A socket that has not connected yet.</param>
    /// <param name="transport">The transport that it must have in the end.</param>
    public static async Task ConnectAndEmitAsync(ClientSocket socket, string transport)
    {
        var upgraded = new TaskCompletionSource();
        using var opened = socket.Manager.OnOpen(() =>
        {
            var engine = socket.Manager.Engine!;
            engine.Upgraded += _ => upgraded.TrySetResult();
            if (engine.TransportName == transport) upgraded.TrySetResult();
        });
        var item = socket.Watch<int>("item");
        socket.Emit("burst", Burst);
        await socket.ConnectAsync().WithDeadline("the connection");
        await EmitAsync(socket);
        await upgraded.Task.WithDeadline("the upgrade");
        await EmitAsync(socket);
        Assert.Equal(transport, socket.Manager.Engine!.TransportName);
        Assert.Equal(transport, await socket.EmitWithAckAsync<string>("transport").WithDeadline());
        Assert.Equal(Numbers, item.Lines);
    }

    /// <summary>Text, bytes and both; acknowledgements both ways; many events in order.</summary>
    public static async Task EmitAsync(ClientSocket socket)
    {
        Assert.Equal("hällo 😀", await socket.EmitWithAckAsync<string>("echo", "hällo 😀").WithDeadline());
        Assert.Equal(Bytes, await socket.EmitWithAckAsync<byte[]>("echo", Bytes).WithDeadline());
        var seen = await socket.EmitArgumentsWithAckAsync("describe", [Bytes, new { a = new object[] { 1.5, Bytes }, b = false }]).WithDeadline();
        Assert.Equal("[{\"bytes\":\"007f80ff\"},{\"a\":[1.5,{\"bytes\":\"007f80ff\"}],\"b\":false}]", seen.Payload.ToString());

        var answered = new TaskCompletionSource<(int, byte[])>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var question = socket.On<string, byte[], Ack>("question", (text, data, ack) => ack.SendAsync(text.Length, data));
        using var answer = socket.On<int, byte[]>("answered", (length, data) => answered.TrySetResult((length, data)));
        socket.Emit("ask", "question", "why?", Bytes);
        var (length, data) = await answered.Task.WithDeadline("the server to be answered");
        Assert.Equal((4, "007F80FF"), (length, Convert.ToHexString(data)));

        var numbers = new Trace();
        using var echo = socket.On<int>("echo", number => numbers.Add($"{number}"));
        for (int i = 0; i < Burst; i++) socket.Emit("echo", i);
        await numbers.UntilAsync(Burst);
        Assert.Equal(Numbers, numbers.Lines);
    }
}
