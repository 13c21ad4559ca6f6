using System.Globalization;
using KestrelApp;

// dotnet KestrelApp.dll <port>: the same messages over bare WebSockets, with no protocol to speak of.
var port = int.Parse(args[0], CultureInfo.InvariantCulture);

var builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));

var app = builder.Build();
app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.Zero });
var hall = new Hall();
app.Map("/raw", async (HttpContext context) =>
{
    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    await new Peer(socket, hall).RunAsync();
});
app.MapPost("/collect", () =>
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
    GC.Collect();
});
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("listening"));
app.Run();
