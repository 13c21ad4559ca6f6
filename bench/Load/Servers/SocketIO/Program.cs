using System.Globalization;
using SocketIO;
using SocketIO.AspNetCore;

// dotnet SocketIOApp.dll [--detached] <port> [<seconds between pings>]
var isDetached = args[0] == "--detached";
if (isDetached) args = args[1..];
var port = int.Parse(args[0], CultureInfo.InvariantCulture);
var pingInterval = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3600;

var builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen =>
{
    if (isDetached) listen.UseDetachedWebSockets();
}));
builder.Services.AddSocketIO(options => options.PingInterval = TimeSpan.FromSeconds(pingInterval));

var app = builder.Build();
var io = app.MapSocketIO();
io.OnConnection(socket =>
{
    socket.On<string>("echo", text => socket.EmitAsync("echo", text));
    socket.On<byte[]>("binary", data => socket.EmitAsync("binary", data));
    socket.OnRequest<string, string>("ask", text => text);
    socket.On<string>("broadcast", text => io.EmitAsync("broadcast", text));
    socket.On<string, string>("room", (room, text) => io.To(room).EmitAsync("room", room, text));
    socket.On<string>("join", async room =>
    {
        await socket.JoinAsync(room);
        await socket.EmitAsync("join", room);
    });
});

app.MapPost("/collect", () =>
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
    GC.Collect();
});
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("listening"));
app.Run();
