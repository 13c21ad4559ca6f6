using System.Diagnostics;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>The .NET 8 builds, in a process of their own on the runtime that is there: the client against the official server and ours, our server under both clients.</summary>
public sealed class Net8Tests(ITestOutputHelper output)
{
    [Theory, Trait("Spec", "CLI-ROB-05")]
    [InlineData("polling"), InlineData("websocket"), InlineData("polling,websocket")]
    public async Task TheClientTakesItsFirstSteps(string transports)
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs");
        await TakeFirstStepsAsync(server.Address, transports);
    }

    [Fact]
    public async Task TheServerServesBothBuildsOfTheClient()
    {
        using var process = Start("serve");
        try
        {
            string[] line = (await process.StandardOutput.ReadLineAsync().WithDeadline("the server", TimeSpan.FromSeconds(30)) ?? "").Split(' ');
            Assert.Equal(".NETCoreApp,Version=v8.0", line[0]);
            var address = new Uri(line[1]);
            await TakeFirstStepsAsync(address, "polling,websocket");
            foreach (string transport in (string[])["polling", "websocket"])
            {
                await using var manager = new SocketManager(address, new SocketManagerOptions { Transports = [transport] });
                await manager.Socket().ConnectAsync().WithDeadline();
                Assert.Equal(3, await manager.Socket().EmitWithAckAsync<int>("echo", 3).WithDeadline());
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync().WithDeadline("the server to exit");
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    private async Task TakeFirstStepsAsync(Uri server, string transports)
    {
        using var process = Start(server.ToString(), transports);
        try
        {
            var errors = process.StandardError.ReadToEndAsync();
            string lines = await process.StandardOutput.ReadToEndAsync().WithDeadline("the client", TimeSpan.FromMinutes(1));
            await process.WaitForExitAsync().WithDeadline("the client to exit");
            output.WriteLine(lines + await errors);
            Assert.StartsWith(".NETCoreApp,Version=v8.0\n", lines, StringComparison.Ordinal);
            Assert.EndsWith("passed\n", lines, StringComparison.Ordinal);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    private static Process Start(params string[] arguments)
    {
        string host = AppContext.BaseDirectory.Replace("SocketIO.Client.Tests", "Net8Host", StringComparison.Ordinal).Replace("net10.0", "net8.0", StringComparison.Ordinal);
        return Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(host, "Net8Host.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
