using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TestKit;

/// <summary>A real Redis on a free port of 127.0.0.1, with a folder of its own, which ends with this process.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string[] _arguments;
    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;
    private Process _process;

    private RedisServer(int port, string[] arguments)
    {
        Port = port;
        _arguments = arguments;
        _process = Run();
    }

    public int Port { get; }

    /// <summary>Host and port, which is a connection string too.</summary>
    public string Address => $"127.0.0.1:{Port}";

    public Uri Uri => new($"redis://{Address}");

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="arguments">More of <c>redis-server</c>'s options, e.g. <c>--cluster-enabled yes</c>.</param>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(Ports.Free(), arguments);
        await server.UntilReadyAsync().ConfigureAwait(false);
        return server;
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WithDeadline("Redis to be killed").ConfigureAwait(false);
    }

    /// <summary>Starts it again at the same address, with an empty memory; kills it before if it still runs.</summary>
    public async Task RestartAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _process.Dispose();
        _process = Run();
        await UntilReadyAsync().ConfigureAwait(false);
    }

    /// <summary>Stops the process where it stands; connections stay open, nothing is read.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Has it do a command.</summary>
    /// <returns>The first line of the answer, as it stands on the wire; of a bulk string, the string.</returns>
    public async Task<string> CommandAsync(params string[] command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port).ConfigureAwait(false);
        var stream = client.GetStream();
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (string word in command) text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString())).ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        string line = await reader.ReadLineAsync().WithDeadline(command[0]).ConfigureAwait(false) ?? "";
        if (line.StartsWith('-')) throw new InvalidOperationException(line);
        if (!line.StartsWith('$') || line == "$-1") return line;
        char[] value = new char[int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture)];
        int length = await reader.ReadBlockAsync(value, 0, value.Length).ConfigureAwait(false);
        return new string(value, 0, length);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Run()
    {
        // What reads our end of the pipe sees it close when this process ends, however it ends.
        const string Script = "exec 3<&0; (cat <&3; kill -9 $$) >/dev/null 2>&1 & exec redis-server \"$@\" </dev/null 3<&-";
        string port = Port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            "sh", ["-c", Script, "sh", "--port", port, "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--appendonly", "no", "--logfile", "log", .. _arguments])
        {
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }

    private async Task UntilReadyAsync()
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await CommandAsync("PING").ConfigureAwait(false) == "+PONG") return;
            }
            catch (Exception exception) when (exception is SocketException or IOException or InvalidOperationException)
            {
                if (_process.HasExited) throw new InvalidOperationException($"redis-server ended with exit code {_process.ExitCode}.", exception);
                if (TimeProvider.System.GetElapsedTime(start) > Deadline.Default) throw new TimeoutException("Redis does not start.", exception);
            }

            await Task.Delay(10).ConfigureAwait(false);
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WithDeadline($"kill -{signal}").ConfigureAwait(false);
    }
}
