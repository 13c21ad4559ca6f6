using System.Reflection;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SocketIO;
using SocketIO.AspNetCore;
using SocketIO.Client;

// Net8Host <url> <transport>[,<transport>]: a client's first steps. Net8Host serve: a server, which prints its address and ends with its input.
if (args[0] != "serve")
{
    Console.WriteLine(BuildOf(typeof(SocketManager)));
    return await FirstSteps.RunAsync(args);
}

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddSocketIO();
await using var app = builder.Build();
app.MapSocketIO().OnConnection(socket =>
{
    socket.On<EventArguments, Ack>("echo", (arguments, ack) =>
        ack.IsRequested ? ack.SendArgumentsAsync(arguments.ToArray()) : socket.EmitArgumentsAsync("echo", arguments.ToArray()));
    socket.On("close my engine", () => socket.Connection.Close());
});
await app.StartAsync();
Console.WriteLine($"{BuildOf(typeof(SocketIOServer))} {app.Urls.Single()}");
await Console.In.ReadToEndAsync();
return 0;

static string BuildOf(Type type) => type.Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;
