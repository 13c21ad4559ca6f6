using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Threading.Channels;
using SocketIO;
using SocketIO.Cluster;

namespace Specifications.InProcess;

/// <summary>A store in the test's process: every message is bytes on its way, each server reads its own queue, and the test decides what gets lost or late.</summary>
public sealed class ClusterBus
{
    private readonly ConcurrentDictionary<string, Subscription> _subscriptions = new();
    private long _offset;

    /// <summary>Says which messages get lost: message, then the server that does not get it.</summary>
    public Func<ClusterMessage, string, bool> Loses { get; set; } = (_, _) => false;

    /// <summary>Whether nobody can say how many servers there are.</summary>
    public bool IsUncountable { get; set; }

    /// <summary>Whether nothing can be published.</summary>
    public bool IsDown { get; set; }

    /// <summary>The names of servers, by their ids.</summary>
    public ConcurrentDictionary<string, string> Names { get; } = new();

    /// <summary>What was published, in order.</summary>
    public ConcurrentQueue<ClusterMessage> Published { get; } = new();

    public IDisposable Subscribe(string serverId, string ns, Func<ClusterMessage, string?, ValueTask> onMessage, Action<string> onMalformed) =>
        _subscriptions[serverId] = new Subscription(this, serverId, ns, onMessage, onMalformed);

    public int CountSubscribers(string ns) =>
        IsUncountable ? throw new IOException("the store is down") : _subscriptions.Values.Count(subscription => subscription.Namespace == ns);

    /// <summary>Sends a message to all.</summary>
    public string Publish(ClusterMessage message, string? receiver = null)
    {
        if (IsDown) throw new IOException("the store is down");
        var bytes = Encode(ClusterCodec.Write(message));
        foreach (var (serverId, subscription) in _subscriptions)
        {
            if ((receiver is null || receiver == serverId) && !Loses(message, serverId)) subscription.Enqueue(bytes);
        }

        Published.Enqueue(message);
        return Interlocked.Increment(ref _offset).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Sends bytes that are no message.</summary>
    public void Poison(byte[] bytes)
    {
        foreach (var subscription in _subscriptions.Values) subscription.Enqueue(bytes);
    }

    /// <summary>The JSON and the attachments, each behind its length.</summary>
    public static byte[] Encode(Payload payload)
    {
        using var stream = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in (ReadOnlyMemory<byte>[])[payload.Json, .. payload.Attachments.Span])
        {
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            stream.Write(length);
            stream.Write(part.Span);
        }

        return stream.ToArray();
    }

    private static bool TryDecode(ReadOnlyMemory<byte> bytes, out Payload payload)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        payload = default;
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < 4 || BinaryPrimitives.ReadInt32BigEndian(bytes.Span) is var length && (uint)length > (uint)(bytes.Length - 4)) return false;
            parts.Add(bytes.Slice(4, length));
            bytes = bytes[(4 + length)..];
        }

        if (parts.Count == 0) return false;
        payload = new Payload(parts[0], parts.Skip(1).ToArray());
        return true;
    }

    private sealed class Subscription : IDisposable
    {
        private readonly ClusterBus _bus;
        private readonly string _serverId;
        private readonly Channel<byte[]> _queue = Channel.CreateUnbounded<byte[]>();

        public Subscription(
            ClusterBus bus, string serverId, string ns, Func<ClusterMessage, string?, ValueTask> onMessage, Action<string> onMalformed)
        {
            (_bus, _serverId, Namespace) = (bus, serverId, ns);
            _ = ReadAsync(onMessage, onMalformed);
        }

        public string Namespace { get; }

        public void Enqueue(byte[] bytes) => _queue.Writer.TryWrite(bytes);

        public void Dispose()
        {
            _bus._subscriptions.TryRemove(_serverId, out _);
            _queue.Writer.TryComplete();
        }

        private async Task ReadAsync(Func<ClusterMessage, string?, ValueTask> onMessage, Action<string> onMalformed)
        {
            await foreach (var bytes in _queue.Reader.ReadAllAsync())
            {
                string? error = "no frame";
                if (TryDecode(bytes, out var payload) && ClusterCodec.TryRead(payload, out var message, out error)) await onMessage(message, null);
                else onMalformed(error!);
            }
        }
    }
}
