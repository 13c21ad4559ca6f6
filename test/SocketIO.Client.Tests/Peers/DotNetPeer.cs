using System.Text.Json;
using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore;
using SocketIO.MessagePack;
using TestKit;

namespace SocketIO.Client.Tests.Peers;

/// <summary>The server of SocketIO.AspNetCore, on Kestrel in this process.</summary>
internal sealed class DotNetPeer : Peer
{
    private readonly PeerOptions _options;
    private readonly int _port = Ports.Free();
    private WebApplication _app = null!;
    private Application _application = null!;

    private DotNetPeer(PeerOptions options)
    {
        _options = options;
        Address = new Uri($"{(options.Certificate is null ? "http" : "https")}://127.0.0.1:{_port}");
    }

    public override Uri Address { get; }

    private SocketIOServer Io => _app.Services.GetRequiredService<SocketIOServer>();

    public static async Task<Peer> StartAsync(PeerOptions options)
    {
        var peer = new DotNetPeer(options);
        await peer.StartAgainAsync();
        return peer;
    }

    public override Task<JsonElement> EventAsync(string name, Func<JsonElement, bool>? match = null) => _application.Events.TakeAsync(name, match);

    public override async Task EmitAsync(string ns, string? room, string eventName, params object?[] arguments)
    {
        if (room is null) await Io.Of(ns).EmitArgumentsAsync(eventName, arguments);
        else await Io.Of(ns).To(room).EmitArgumentsAsync(eventName, arguments);
    }

    public override Task<IReadOnlyList<int>> StoredAsync(string key) => Task.FromResult(_application.Stored(key));

    public override Task CloseAsync() => Io.CloseAsync().AsTask();

    public override async Task StopAsync() => await _app.DisposeAsync();

    public override async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, _port, listen =>
        {
            if (_options.Certificate is null) return;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = _options.Certificate.Certificate;
                if (_options.ClientAuthority is not { } authority) return;
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (certificate, _, _) => certificate.Equals(authority.Certificate);
            });
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSocketIO(Configure);
        _app = builder.Build();
        _application = new Application(_app.MapSocketIO());
        if (_options.Sticky) RefuseWithoutCookie(Io.Engine);
        await _app.StartAsync();
    }

    public override ValueTask DisposeAsync() => _app.DisposeAsync();

    private static TimeSpan? Milliseconds(int? value) => value is { } number ? TimeSpan.FromMilliseconds(number) : null;

    private static void RefuseWithoutCookie(EngineServer engine)
    {
        engine.InitialHeaders += (headers, _) => headers.SetCookie = new(["node=a; Path=/", "gone=1; Max-Age=0"]);
        engine.Use(async (request, next) =>
        {
            if (request.IsHandshake || request.HttpContext.Request.Cookies["node"] == "a")
            {
                await next();
                return;
            }

            request.HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
            await request.HttpContext.Response.WriteAsJsonAsync(new { Code = 1, Message = "Session ID unknown" });
        });
    }

    private void Configure(SocketIOOptions options)
    {
        options.SerializerOptions = JsonSerializerOptions.Web;
        if (_options.MessagePack) options.Parser = new MessagePackPacketParser();
        if (_options.Recovery) options.ConnectionStateRecovery = new();
        if (_options.Transports is { } names)
            options.Transports = names.Split(',').Select(name => Enum.Parse<EngineTransports>(name, ignoreCase: true)).Aggregate((all, one) => all | one);
        options.AllowUpgrades = _options.AllowUpgrades ?? options.AllowUpgrades;
        options.AllowEIO3 = _options.AllowEIO3 ?? _options.Version == 2;
        options.PingInterval = Milliseconds(_options.PingInterval) ?? options.PingInterval;
        options.PingTimeout = Milliseconds(_options.PingTimeout) ?? options.PingTimeout;
        options.MaxHttpBufferSize = _options.MaxHttpBufferSize ?? options.MaxHttpBufferSize;
        if (Milliseconds(_options.Delay) is { } delay)
        {
            options.AllowRequest = async _ =>
            {
                await Task.Delay(delay);
                return AllowRequestResult.Allow;
            };
        }
    }
}
