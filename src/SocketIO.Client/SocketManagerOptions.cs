using System.Text.Json;
using EngineIO.Client;
using SocketIO.Parsing;

namespace SocketIO.Client;

/// <summary>The options of a manager and of the connection below it. They are read for each attempt to connect, so that a handler may change the query, the headers or the
/// transports of the next one.</summary>
/// <remarks>Source: https://socket.io/docs/v4/client-options/. Change them from one thread at a time.</remarks>
public class SocketManagerOptions : EngineClientOptions
{
    /// <summary>Options with the defaults of the official client.</summary>
    public SocketManagerOptions() => Path = "/socket.io";

    /// <summary>Whether the manager opens its connection, and sockets connect, when they are made (official option <c>autoConnect</c>). Default: false, for handlers must be
    /// registered first: other threads run meanwhile.</summary>
    public bool AutoConnect { get; set; }

    /// <summary>Whether a connection that failed or was lost is made again (official option <c>reconnection</c>). Default: true. Setting it to false ends a running series of
    /// attempts.</summary>
    public bool Reconnection { get; set; } = true;

    /// <summary>How many attempts a series has (official option <c>reconnectionAttempts</c>). Default: null, without end; 0 means the same.</summary>
    public int? ReconnectionAttempts { get; set; }

    /// <summary>How long the first attempt of a series waits, give or take <see cref="RandomizationFactor"/>; the time doubles with each one
    /// (official option <c>reconnectionDelay</c>). Default: 1 second.</summary>
    public TimeSpan ReconnectionDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts (official option <c>reconnectionDelayMax</c>). Default: 5 seconds.</summary>
    public TimeSpan ReconnectionDelayMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How far a wait may differ from its plan, 0 to 1, so that clients do not all come back at once (official option <c>randomizationFactor</c>). Default: 0.5.</summary>
    public double RandomizationFactor { get; set; } = 0.5;

    /// <summary>How long an attempt may take until the connection is open (official option <c>timeout</c>). Default: 20 seconds; null for no limit.</summary>
    public TimeSpan? ConnectTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether <see cref="ClientSocket.ConnectAsync"/> fails at the first failed attempt, even where the manager goes on trying. Default: false, it waits until
    /// the socket is connected, refused or given up.</summary>
    public bool FailFast { get; set; }

    /// <summary>The parser, which must be the server's (official option <c>parser</c>). Default: null, JSON.</summary>
    public IPacketParser? Parser { get; set; }

    /// <summary>How arguments are written and read: converters, naming policy, a source-generated resolver. Default: null, as JavaScript does.</summary>
    public JsonSerializerOptions? JsonSerializerOptions { get; set; }

    /// <summary>Whether a socket never shares a connection (official option <c>forceNew</c>; <c>multiplex</c> is its opposite). For <see cref="SocketIOClient"/>. Default: false.</summary>
    public bool ForceNew { get; set; }

    /// <summary>Where handlers are called. Default: null, on the thread pool; set <see cref="System.Threading.SynchronizationContext.Current"/> to be called on the thread of
    /// a user interface.</summary>
    public SynchronizationContext? SynchronizationContext { get; set; }

    /// <summary>How many received events of one socket may wait for their handlers; beyond it the client stops reading from the connection. Default: 10,000.</summary>
    public int MaxQueuedEvents { get; set; } = 10_000;

    /// <summary>How many bytes of received events of one socket may wait for their handlers; beyond it the client stops reading from the connection. Default: 64 MiB.</summary>
    public long MaxQueuedEventBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The options of the sockets that are given none of their own. The default instance asks for nothing.</summary>
    public ClientSocketOptions Socket { get; set; } = new();

    internal TimeSpan MinDelay => ReconnectionDelay > TimeSpan.Zero ? ReconnectionDelay : TimeSpan.FromSeconds(1);

    internal TimeSpan MaxDelay => ReconnectionDelayMax > TimeSpan.Zero ? ReconnectionDelayMax : TimeSpan.FromSeconds(5);

    internal int MaxAttempts => ReconnectionAttempts is { } attempts and > 0 ? attempts : int.MaxValue;

    internal void ValidateManager()
    {
        if (ConnectTimeout is { } timeout && timeout < TimeSpan.Zero) throw Invalid(nameof(ConnectTimeout), "is negative; give null for no limit");
        if (ReconnectionAttempts < 0) throw Invalid(nameof(ReconnectionAttempts), "is negative; give null for no limit");
        if (double.IsNaN(RandomizationFactor)) throw Invalid(nameof(RandomizationFactor), "is no number; give one from 0 to 1");
        if (MaxQueuedEvents < 1) throw Invalid(nameof(MaxQueuedEvents), "must be at least 1");
        if (MaxQueuedEventBytes < 1) throw Invalid(nameof(MaxQueuedEventBytes), "must be at least 1 byte");
        if (Socket is null) throw Invalid(nameof(Socket), "is null; give an instance");
        Socket.Validate();
    }

    private static ArgumentException Invalid(string option, string fault) => new($"{nameof(SocketManagerOptions)}.{option} {fault}.");
}
