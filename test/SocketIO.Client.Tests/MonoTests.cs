using System.Diagnostics;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>The .NET Standard builds, on Mono against the official server.</summary>
public sealed class MonoTests(ITestOutputHelper output)
{
    private const string Facade = "/usr/lib/mono/4.5/Facades/netstandard.dll";

    [Theory]
    [InlineData("polling"), InlineData("websocket"), InlineData("polling,websocket"), InlineData("polling,websocket", "own")]
    [Trait("Spec", "CLI-TLS-07")]
    public async Task TheNetStandardBuildsRunOnMono(string transports, params string[] more)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mono") && File.Exists(Facade), "Mono with its netstandard facade (Debian's mono-devel) is not installed.");
        string host = AppContext.BaseDirectory.Replace("SocketIO.Client.Tests", "MonoHost", StringComparison.Ordinal).Replace("net10.0", "net472", StringComparison.Ordinal);
        await using var server = await NodeServer.StartAsync("socketio.mjs");
        using var mono = Process.Start(new ProcessStartInfo("/usr/bin/mono", [Path.Combine(host, "MonoHost.exe"), server.Address.ToString(), transports, .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = mono.StandardError.ReadToEndAsync();
            string lines = await mono.StandardOutput.ReadToEndAsync().WithDeadline("Mono", TimeSpan.FromMinutes(1));
            await mono.WaitForExitAsync().WithDeadline("Mono to exit");
            output.WriteLine(lines + await errors);
            Assert.EndsWith("passed\n", lines, StringComparison.Ordinal);
            Assert.Equal(0, mono.ExitCode);
        }
        finally
        {
            mono.Kill();
        }
    }
}
