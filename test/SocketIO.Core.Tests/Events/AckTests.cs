using System.Text.Json;

namespace SocketIO.Core.Tests.Events;

public sealed class AckTests
{
    private readonly Socket _socket = new();

    [Fact]
    [Trait("Spec", "SIO-EVT-04")]
    [Trait("Spec", "SRV-ACK-06")]
    public async Task Is_sent_at_most_once()
    {
        var ack = new Ack(_socket, 3);
        Assert.True(ack.IsRequested);
        Assert.False(ack.IsSent);
        await ack.SendAsync(1, "two");
        await ack.SendAsync("again");
        Assert.True(ack.IsSent);
        Assert.Equal(["""#3 [1,"two"]"""], _socket.Sent);
    }

    [Fact]
    [Trait("Spec", "SIO-EVT-07")]
    public async Task Takes_any_number_of_arguments()
    {
        await new Ack(_socket, 0).SendAsync();
        await new Ack(_socket, 1).SendAsync(null);
        await new Ack(_socket, 2).SendAsync(1, 2, 3, 4);
        await new Ack(_socket, 3).SendArgumentsAsync([1, 2, 3, 4, 5]);
        await new Ack(_socket, 4).SendAsync(new[] { "a", "b" });
        using var source = new CancellationTokenSource();
        await new Ack(_socket, 5).SendAsync(source.Token);
        Assert.Equal(["#0 []", "#1 [null]", "#2 [1,2,3,4]", "#3 [1,2,3,4,5]", """#4 [["a","b"]]""", "#5 []"], _socket.Sent);
    }

    [Fact]
    [Trait("Spec", "SRV-ACK-07")]
    public async Task Is_nothing_where_none_was_requested()
    {
        Assert.False(Ack.None.IsRequested);
        await Ack.None.SendAsync(1);
        Assert.False(Ack.None.IsSent);
        Assert.Empty(_socket.Sent);
    }

    [Fact]
    [Trait("Spec", "SIO-ENC-23")]
    public async Task May_be_sent_after_an_answer_that_could_not_be_written()
    {
        var ack = new Ack(_socket, 1);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await ack.SendAsync(typeof(int)));
        Assert.False(ack.IsSent);
        await ack.SendAsync("sorry");
        Assert.Equal(["""#1 ["sorry"]"""], _socket.Sent);
    }

    [Fact]
    public async Task Is_sent_once_by_many_threads()
    {
        var ack = new Ack(_socket, 1);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () => await ack.SendAsync(i))));
        Assert.Single(_socket.Sent);
    }

    [Fact]
    [Trait("Spec", "SRV-ACK-03")]
    public async Task The_first_argument_of_the_answer_is_the_result()
    {
        _socket.NextAck = new("""[7,"two"]"""u8.ToArray());
        Assert.Equal(7, await _socket.EmitWithAckAsync<int>("e"));
        Assert.Equal("two", (await _socket.EmitArgumentsWithAckAsync("e", [])).Get<string>(1));
        await Assert.ThrowsAsync<EventBindingException>(() => _socket.EmitWithAckAsync<string>("e"));
        _socket.NextAck = default;
        Assert.Equal(0, await _socket.EmitWithAckAsync<int>("e"));
        Assert.Null(await _socket.EmitWithAckAsync<JsonDocument>("e"));
    }
}
