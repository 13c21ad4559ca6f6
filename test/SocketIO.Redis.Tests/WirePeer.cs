using System.Threading.Channels;
using StackExchange.Redis;
using TestKit;

namespace SocketIO.Redis.Tests;

/// <summary>Somebody on the channels of the pub/sub adapter who is counted as a server and sends what the test wants.</summary>
internal sealed class WirePeer : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;
    private readonly Channel<(string Channel, byte[] Message)> _received = Channel.CreateUnbounded<(string, byte[])>();
    private readonly List<string> _own = [];

    private WirePeer(ConnectionMultiplexer connection) => _connection = connection;

    public static async Task<WirePeer> JoinAsync(string address, string key, params string[] namespaces)
    {
        var peer = new WirePeer(await ConnectionMultiplexer.ConnectAsync(address));
        var subscriber = peer._connection.GetSubscriber();
        var messages = await subscriber.SubscribeAsync(RedisChannel.Pattern($"{key}[#\\-]*"));
        foreach (string ns in namespaces) await subscriber.SubscribeAsync(RedisChannel.Literal($"{key}-request#{ns}#"));
        messages.OnMessage(message => peer.Receive(message.Channel!, message.Message!));
        return peer;
    }

    /// <summary>The next message of somebody else.</summary>
    public Task<(string Channel, byte[] Message)> NextAsync(string what) => _received.Reader.ReadAsync().AsTask().WithDeadline(what);

    public async Task PublishAsync(string channel, byte[] message)
    {
        lock (_own) _own.Add(Convert.ToHexString(message));
        await _connection.GetSubscriber().PublishAsync(RedisChannel.Literal(channel), message);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Receive(string channel, byte[] message)
    {
        // Servers test their own subscriptions.
        if (message.AsSpan().SequenceEqual("self-test"u8)) return;
        lock (_own)
        {
            if (_own.Remove(Convert.ToHexString(message))) return;
        }

        _received.Writer.TryWrite((channel, message));
    }
}
