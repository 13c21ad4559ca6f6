using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using SocketIO;
using SocketIO.Client;

// Talks to the server that the page is of, and to the one that its query names; tells the browser's console about it; the last line is "done".
var host = WebAssemblyHostBuilder.CreateDefault(args);
string address = host.HostEnvironment.BaseAddress;
var services = host.Build().Services;
try
{
    foreach (string transports in new[] { "polling", "websocket", "polling,websocket" })
    {
        Console.WriteLine(transports);
        await FirstSteps.RunAsync([address, transports]);
    }

    // A WebSocket goes without the headers, and a warning says so.
    foreach (string transport in new[] { "polling", "websocket" }) await SendHeadersAsync(address, transport, withCredentials: false);
    // Polling takes cookies to another origin where that is asked for.
    string other = new Uri(services.GetRequiredService<NavigationManager>().Uri).Query.TrimStart('?');
    foreach (bool withCredentials in new[] { false, true }) await SendHeadersAsync(other, "polling", withCredentials);
    RefuseOptions();
    Console.WriteLine("done");
}
catch (Exception error)
{
    Console.WriteLine($"failed: {error}");
}

async Task SendHeadersAsync(string server, string transport, bool withCredentials)
{
    var options = new SocketManagerOptions
    {
        Transports = [transport], ExtraHeaders = { ["X-Custom"] = "1" }, WithCredentials = withCredentials, LoggerFactory = services.GetRequiredService<ILoggerFactory>(),
    };
    await using var manager = new SocketManager(new Uri(server), options);
    var socket = manager.Socket();
    await socket.ConnectAsync();
    Console.WriteLine($"{transport} header {await socket.EmitWithAckAsync<string>("header", "x-custom")}, cookie {await socket.EmitWithAckAsync<string>("header", "cookie")}");
}

void RefuseOptions()
{
    Refuse("DangerousAcceptAnyServerCertificate", options => options.DangerousAcceptAnyServerCertificate = true);
    Refuse("ClientCertificates", options => options.ClientCertificates = []);
    Refuse("ServerCertificateValidationCallback", options => options.ServerCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None);
    Refuse("UseProxy", options => options.UseProxy = false);
    Refuse("Cookies", options => options.Cookies = new CookieContainer());
}

void Refuse(string name, Action<SocketManagerOptions> set)
{
    var options = new SocketManagerOptions();
    set(options);
    try
    {
        _ = new SocketManager(new Uri(address), options);
        Console.WriteLine($"{name} was accepted");
    }
    catch (PlatformNotSupportedException error) when (error.Message.Contains($"The option {name} ", StringComparison.Ordinal))
    {
        Console.WriteLine($"{name} refused");
    }
}
