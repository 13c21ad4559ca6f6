using System.Diagnostics;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests.Behaviours;

/// <summary>A client that nobody disposes of, in a process of its own.</summary>
[Trait("Spec", "CLI-DSP-04"), Trait("Spec", "CLI-NET-09")]
public sealed class ProcessTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("polling", "websocket"), InlineData("polling"), InlineData("websocket")]
    [Trait("Behaviour", "engine.io-client/test/node.js:13"), Trait("Behaviour", "engine.io-client/test/node.js:17"), Trait("Behaviour", "engine.io-client/test/node.js:21")]
    public async Task ForgottenClientLetsTheProcessEnd(params string[] transports)
    {
        var connected = new TaskCompletionSource<ServerSocket>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await Server.StartAsync(io => io.OnConnection(socket => { connected.TrySetResult(socket); }));
        using var process = Start(server.Address, transports);
        await EndsAsync(process, async () =>
        {
            var socket = await connected.Task.WithDeadline("the client to connect", s_limit);
            await Deadline.UntilAsync(() => socket.Connection.TransportName == transports[^1], "the upgrade");
        });
    }

    [Fact]
    public async Task ClientThatReconnectsLetsTheProcessEnd()
    {
        using var process = Start(Ports.Nowhere(), ["polling", "websocket"]);
        await EndsAsync(process, async () => Assert.Equal("attempt 1", await process.StandardOutput.ReadLineAsync().WithDeadline("an attempt", s_limit)));
    }

    private static async Task EndsAsync(Process process, Func<Task> meanwhile)
    {
        try
        {
            await meanwhile();
            Assert.False(process.HasExited);
            process.StandardInput.Close();
            await process.WaitForExitAsync().WithDeadline("the process to exit", s_limit);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static Process Start(Uri address, string[] transports)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        string configuration = root.Parent!.Name;
        while (!File.Exists(Path.Combine(root.FullName, "SocketIO.slnx"))) root = root.Parent!;
        string program = Path.Combine(root.FullName, "test", "ForgetfulClient", "bin", configuration, "net10.0", "ForgetfulClient.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, address.OriginalString, .. transports]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
