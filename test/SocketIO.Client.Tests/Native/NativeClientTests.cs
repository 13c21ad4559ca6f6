using System.Diagnostics;
using SocketIO.AspNetCore;
using SocketIO.MessagePack;
using TestKit;

namespace SocketIO.Client.Tests.Native;

/// <summary>The sample that is compiled to native code (<c>test.sh</c> publishes it), against our server.</summary>
[Trait("Spec", "CLI-ROB-05")]
public sealed class NativeClientTests
{
    [Theory]
    [InlineData("polling"), InlineData("websocket"), InlineData("polling", "websocket"), InlineData("websocket", "msgpack")]
    public async Task ItSendsAndReceivesEachKindOfArgument(params string[] arguments)
    {
        string program = Path.Combine(Root(), "artifacts", "NativeClient", "NativeClient");
        Assert.SkipUnless(File.Exists(program), "The native client was not published: ./test.sh does that where there is a linker.");
        await using var server = await Server.StartAsync(
            io => io.OnConnection(socket =>
            {
                socket.OnRequest("echo", (Payload argument) => argument);
                socket.On("greet", (string name) => socket.EmitAsync("hello", $"hello {name}"));
            }),
            options => options.Parser = arguments.Contains("msgpack") ? new MessagePackPacketParser() : null);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, [server.Address.OriginalString, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().WithDeadline("the native client", TimeSpan.FromSeconds(30));
        Assert.Equal("", await errors);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("connected as ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["number 42", "order tea 3 3 bytes", "event hello native", "done"], lines[1..]);
        await process.WaitForExitAsync().WithDeadline("the native client to exit");
        Assert.Equal(0, process.ExitCode);
    }

    private static string Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "SocketIO.slnx"))) root = root.Parent!;
        return root.FullName;
    }
}
