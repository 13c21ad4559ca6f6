using System.Globalization;
using SignalRApp;

// dotnet SignalRApp.dll <port> [<seconds between pings>]
var port = int.Parse(args[0], CultureInfo.InvariantCulture);
var pingInterval = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3600;

var builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
builder.Services.AddSignalR(options =>
{
    options.KeepAliveInterval = TimeSpan.FromSeconds(pingInterval);
    options.ClientTimeoutInterval = TimeSpan.FromHours(2);
    options.MaximumReceiveMessageSize = 1_000_000;
});

var app = builder.Build();
app.MapHub<LoadHub>("/hub");
app.MapPost("/collect", () =>
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
    GC.Collect();
});
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("listening"));
app.Run();
