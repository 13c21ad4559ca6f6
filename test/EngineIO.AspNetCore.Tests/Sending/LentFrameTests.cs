using EngineIO.AspNetCore.Sending;

namespace EngineIO.AspNetCore.Tests.Sending;

public sealed class LentFrameTests
{
    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 1000)]
    [InlineData(10_000, 3)]
    public void A_queue_has_its_own_copy_of_what_it_is_lent(int length, int count)
    {
        var queue = new SendQueue(maxPackets: 10_000, maxBytes: 1 << 20);
        var lent = new byte[length];
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < count; i++)
            {
                lent.AsSpan().Fill((byte)i);
                Assert.True(queue.TryAdd(new MessageGroup(EngineFrame.Binary(lent).Lend(), default, Compress: true)));
            }

            lent.AsSpan().Clear();
            var batch = queue.TakeAll();
            Assert.Equal(count, batch.Count);
            for (var i = 0; i < count; i++) Assert.Equal(Enumerable.Repeat((byte)i, length), batch[i].Frame.Bytes.ToArray());
            queue.Return(batch);
        }
    }

    [Fact]
    public void What_is_added_during_a_write_leaves_the_bytes_under_way_alone()
    {
        var queue = new SendQueue(maxPackets: 10, maxBytes: 1000);
        queue.TryAdd(Lent("4first"));
        var batch = queue.TakeAll();
        queue.TryAdd(Lent("4second"));
        Assert.Equal("4first", Text(batch));
        queue.Return(batch);
        Assert.Equal("4second", Text(queue.TakeAll()));
    }

    [Fact]
    public async Task A_group_that_waits_for_room_has_its_own_copy()
    {
        var queue = new SendQueue(maxPackets: 1, maxBytes: 1000);
        queue.TryAdd(Lent("4first"));
        var bytes = "4second"u8.ToArray();
        var waiting = queue.WaitAsync(new MessageGroup(EngineFrame.Text(bytes).Lend(), default, Compress: true), CancellationToken.None);
        bytes.AsSpan().Clear();
        queue.Return(queue.TakeAll());
        await waiting;
        Assert.Equal("4second", Text(queue.TakeAll()));
    }

    private static MessageGroup Lent(string text) => new(EngineFrame.Text(System.Text.Encoding.UTF8.GetBytes(text)).Lend(), default, Compress: true);

    private static string Text(List<OutgoingPacket> batch) => System.Text.Encoding.UTF8.GetString(Assert.Single(batch).Frame.Bytes.Span);
}
