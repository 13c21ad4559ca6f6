using EngineIO.AspNetCore.Sending;

namespace EngineIO.AspNetCore.Tests.Sending;

[Trait("Spec", "SRV-SEC-05")]
public sealed class SendQueueTests
{
    [Fact]
    public void A_group_enters_whole_and_in_order()
    {
        var queue = new SendQueue(maxPackets: 10, maxBytes: 1000);
        Assert.True(queue.TryAdd(Group("a", "b", "c")));
        queue.AddControl(EngineFrame.Ping);
        Assert.True(queue.TryAdd(Group("d")));
        Assert.Equal(["4a", "4b", "4c", "2", "4d"], Texts(queue.TakeAll()));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void The_packet_cap_refuses_and_a_lone_large_group_is_let_in()
    {
        var queue = new SendQueue(maxPackets: 2, maxBytes: 1000);
        Assert.True(queue.TryAdd(Group("a", "b", "c")));
        Assert.False(queue.TryAdd(Group("d")));
        queue.TakeAll();
        Assert.True(queue.TryAdd(Group("d")));
    }

    [Fact]
    public void The_byte_cap_refuses()
    {
        var queue = new SendQueue(maxPackets: 100, maxBytes: 10);
        Assert.True(queue.TryAdd(Group("12345")));
        Assert.False(queue.TryAdd(Group("12345")));
        Assert.True(queue.TryAdd(Group("123")));
    }

    [Fact]
    public void Control_packets_do_not_count()
    {
        var queue = new SendQueue(maxPackets: 1, maxBytes: 1000);
        for (var i = 0; i < 5; i++) queue.AddControl(EngineFrame.Pong);
        Assert.True(queue.TryAdd(Group("a")));
    }

    [Fact]
    public void Dropping_the_oldest_drops_whole_groups_and_no_control_packet()
    {
        var queue = new SendQueue(maxPackets: 3, maxBytes: 1000);
        queue.AddControl(EngineFrame.Ping);
        queue.TryAdd(Group("a", "b"));
        queue.TryAdd(Group("c"));
        queue.AddDroppingOldest(Group("d"));
        Assert.Equal(["2", "4c", "4d"], Texts(queue.TakeAll()));
    }

    [Fact]
    [Trait("Spec", "SRV-ENG-08")]
    public async Task Those_who_wait_enter_in_their_order_when_there_is_room()
    {
        var queue = new SendQueue(maxPackets: 1, maxBytes: 1000);
        queue.TryAdd(Group("a"));
        var second = queue.WaitAsync(Group("b"), CancellationToken.None);
        var third = queue.WaitAsync(Group("c"), CancellationToken.None);
        Assert.False(queue.TryAdd(Group("d")));

        Assert.Equal(["4a"], Texts(queue.TakeAll()));
        await second;
        Assert.False(third.IsCompleted);
        Assert.Equal(["4b"], Texts(queue.TakeAll()));
        await third;
        Assert.Equal(["4c"], Texts(queue.TakeAll()));
    }

    [Fact]
    public async Task A_cancelled_wait_sends_nothing()
    {
        var queue = new SendQueue(maxPackets: 1, maxBytes: 1000);
        queue.TryAdd(Group("a"));
        using var cancellation = new CancellationTokenSource();
        var second = queue.WaitAsync(Group("b"), cancellation.Token);
        var third = queue.WaitAsync(Group("c"), CancellationToken.None);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        queue.TakeAll();
        await third;
        Assert.Equal(["4c"], Texts(queue.TakeAll()));
    }

    [Fact]
    public async Task Clearing_lets_those_who_wait_go()
    {
        var queue = new SendQueue(maxPackets: 1, maxBytes: 1000);
        queue.TryAdd(Group("a"));
        var second = queue.WaitAsync(Group("b"), CancellationToken.None);
        queue.Clear();
        await second;
        Assert.True(queue.IsEmpty);
    }

    private static MessageGroup Group(string first, params string[] rest) =>
        new(EngineFrame.Message(first), rest.Select(EngineFrame.Message).ToArray(), Compress: true);

    private static IEnumerable<string> Texts(List<OutgoingPacket> packets) =>
        packets.Select(packet => System.Text.Encoding.UTF8.GetString(packet.Frame.Bytes.Span));
}
