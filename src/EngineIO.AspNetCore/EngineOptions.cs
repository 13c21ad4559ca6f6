using Microsoft.AspNetCore.Http;

namespace EngineIO.AspNetCore;

/// <summary>Options of an Engine.IO server, named after the official ones (https://socket.io/docs/v4/server-options/). They are read when the server
/// is made; later changes have no effect.</summary>
public class EngineOptions
{
    /// <summary>The path under which requests are captured (<c>path</c>). Default: <c>/engine.io</c>. A trailing slash makes no difference.</summary>
    public string Path { get; set; } = "/engine.io";

    /// <summary>Whether the captured path ends in a slash (<c>addTrailingSlash</c>). Default: true.</summary>
    public bool AddTrailingSlash { get; set; } = true;

    /// <summary>How often the server pings (<c>pingInterval</c>). Default: 25 s.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long an answer to a ping may take (<c>pingTimeout</c>). Default: 20 s.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a client may take to complete an upgrade (<c>upgradeTimeout</c>). Default: 10 s.</summary>
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The size limit of one WebSocket message or one POST, in bytes (<c>maxHttpBufferSize</c>). Default: 1,000,000.</summary>
    public int MaxHttpBufferSize { get; set; } = 1_000_000;

    /// <summary>The most packets in one POST. Default: 10,000.</summary>
    public int MaxPacketsPerPayload { get; set; } = 10_000;

    /// <summary>The transports on offer (<c>transports</c>). Default: both.</summary>
    public EngineTransports Transports { get; set; } = EngineTransports.All;

    /// <summary>Whether upgrades are announced to clients (<c>allowUpgrades</c>). Default: true.</summary>
    public bool AllowUpgrades { get; set; } = true;

    /// <summary>Whether clients of protocol revision 3, Socket.IO 2.x, are served (<c>allowEIO3</c>). Default: false.</summary>
    public bool AllowEIO3 { get; set; }

    /// <summary>Decides on each handshake, before a session exists (<c>allowRequest</c>). Default: everybody is welcome.</summary>
    public Func<HttpContext, ValueTask<AllowRequestResult>>? AllowRequest { get; set; }

    /// <summary>Makes the id of a session (<c>generateId</c>); it must be unique across the cluster and hard to guess, for it is the session's secret. Default: 20
    /// random characters.</summary>
    public Func<HttpContext, ValueTask<string>>? GenerateId { get; set; }

    /// <summary>A message that follows the handshake at once (<c>initialPacket</c>). Default: none.</summary>
    public string? InitialPacket { get; set; }

    /// <summary>The cookie that carries the session id, for load balancers (<c>cookie</c>). Default: none.</summary>
    public EngineCookieOptions? Cookie { get; set; }

    /// <summary>Cross-origin resource sharing (<c>cors</c>). Default: none, no header is written. Use either this or ASP.NET Core's <c>RequireCors</c>, which
    /// takes precedence.</summary>
    public EngineCorsOptions? Cors { get; set; }

    /// <summary>Compression of polling answers (<c>httpCompression</c>); null switches it off. Default: on, from 1,024 bytes.</summary>
    public HttpCompressionOptions? HttpCompression { get; set; } = new();

    /// <summary>Compression of WebSocket messages (<c>perMessageDeflate</c>). Default: off. It costs memory per connection, and compressing secrets together with
    /// what an attacker may choose can disclose them.</summary>
    public PerMessageDeflateOptions? PerMessageDeflate { get; set; }

    /// <summary>The most sessions at a time; a handshake above it is refused with code 4. Default: null, no limit.</summary>
    public int? MaxSessions { get; set; }

    /// <summary>The most packets in a session's send queue. Default: 65,536.</summary>
    public int MaxQueuedPackets { get; set; } = 65_536;

    /// <summary>The most bytes in a session's send queue. Default: 64 MiB. A single message may exceed it when the queue is empty.</summary>
    public long MaxQueuedBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>What happens to messages when the send queue is full. Default: <see cref="SendQueueFullPolicy.Wait"/>.</summary>
    public SendQueueFullPolicy SendQueueFull { get; set; }
}
