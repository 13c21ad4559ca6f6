using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests;

/// <summary>The .NET client in a browser: a page of Blazor WebAssembly (<c>test.sh</c> publishes it), on one thread, over the browser's own requests and WebSockets.</summary>
[Trait("Spec", "CLI-ENV-05")]
public sealed class BlazorTests
{
    private static readonly string[] s_firstSteps = ["connect", "echo", "acknowledgement", "bytes", "reconnection", "second acknowledgement", "disposal", "passed"];

    [Fact]
    public async Task InWebAssembly()
    {
        string pages = Path.Combine(Script.Folder, "..", "..", "artifacts", "BrowserClient", "wwwroot");
        Assert.SkipUnless(Directory.Exists(pages), "The page was not published: ./test.sh does that.");
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddSocketIO(),
            app =>
            {
                app.UseFileServer(new FileServerOptions
                {
                    FileProvider = new PhysicalFileProvider(Path.GetFullPath(pages)),
                    StaticFileOptions = { ServeUnknownFileTypes = true, OnPrepareResponse = file => file.Context.Response.Cookies.Append("page", "1", new() { HttpOnly = true }) },
                });
                app.MapSocketIO().OnConnection(Answer);
            });
        // Cookies know no ports: another origin that gets the same ones.
        await using var other = await WebServer.StartAsync(
            builder => builder.Services.AddSocketIO(options => options.Cors = new() { Origins = { server.BaseAddress.OriginalString }, Credentials = true }),
            app => app.MapSocketIO().OnConnection(Answer));

        await Script.RunAsync("blazor.mjs", new Dictionary<string, object>
        {
            ["url"] = $"{server.BaseAddress}?{other.BaseAddress}",
            ["lines"] = (string[])[
                "polling", .. s_firstSteps, "websocket", .. s_firstSteps, "polling,websocket", .. s_firstSteps,
                "polling header 1, cookie page=1",
                "warn: engine.io-client:websocket[1]\n      a browser takes no headers for a WebSocket: it goes without those of the option ExtraHeaders",
                "websocket header -, cookie page=1",
                "polling header 1, cookie -",
                "polling header 1, cookie page=1",
                "DangerousAcceptAnyServerCertificate refused", "ClientCertificates refused", "ServerCertificateValidationCallback refused", "UseProxy refused", "Cookies refused",
                "done"],
        });
        await InteropServer.AssertNothingIsLeftAsync(server);
        await InteropServer.AssertNothingIsLeftAsync(other);
    }

    private static void Answer(ServerSocket socket)
    {
        socket.On<EventArguments, Ack>("echo", (args, ack) => ack.IsRequested ? ack.SendArgumentsAsync(args.ToArray()) : socket.EmitArgumentsAsync("echo", args.ToArray()));
        socket.On("close my engine", () => socket.Connection.Close());
        socket.OnRequest("header", (string name) => socket.Handshake.Headers.TryGetValue(name, out var value) ? value : "-");
    }
}
