using Conformance.Server;

// The server that foreign test suites and clients are pointed at: --mode MODE --port PORT [--allow-eio3]
if (Settings.Parse(args) is not { } settings)
{
    await Console.Error.WriteLineAsync("usage: --mode eio3|eio4|sio5|sio|eio --port PORT [--allow-eio3]");
    return 2;
}

var builder = WebApplication.CreateBuilder();
builder.WebHost.UseUrls($"http://127.0.0.1:{settings.Port}");
builder.Logging.ClearProviders();

WebApplication app = settings.Mode switch
{
    "eio3" or "eio4" => EchoMode.Build(builder, allowEIO3: settings.Mode == "eio3"),
    "sio5" => Socket5Mode.Build(builder),
    "sio" => SocketClientMode.Build(builder, settings.AllowEIO3),
    _ => EngineClientMode.Build(builder),
};
await app.StartAsync();
Console.WriteLine($"listening on {new Uri(app.Urls.First()).Port}");
await app.WaitForShutdownAsync();
return 0;
