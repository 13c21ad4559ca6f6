using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TestKit;

namespace Interop.Tests;

/// <summary>The chat sample in a process of its own.</summary>
internal sealed class ChatProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChatProcess(Uri address)
    {
        var sample = Path.GetFullPath(Path.Combine(Script.Folder, "../../samples/Chat"));
        var configuration = Directory.GetParent(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!.Name;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(sample, "bin", configuration, "net10.0", "Chat.dll"), "--urls", address.OriginalString])
            {
                WorkingDirectory = sample,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    /// <summary>An address that nobody listens at.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public static async Task<ChatProcess> StartAsync(Uri address)
    {
        var chat = new ChatProcess(address);
        chat._process.Start();
        chat._process.BeginOutputReadLine();
        chat._process.BeginErrorReadLine();
        try
        {
            await chat._listening.Task.WithDeadline($"the chat to listen at {address}", TimeSpan.FromSeconds(30));
        }
        catch
        {
            await chat.DisposeAsync();
            throw;
        }

        return chat;
    }

    /// <summary>Ends the process as a power cut does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WithDeadline("the chat to exit");
    }

    /// <summary>Fails the test where the sample logged an error.</summary>
    public void AssertNoErrors()
    {
        lock (_output) Assert.DoesNotContain("fail:", _output.ToString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            _listening.TrySetException(new InvalidOperationException($"The chat ended:\n{_output}"));
            return;
        }

        lock (_output) _output.AppendLine(line);
        if (line.Contains("Now listening on", StringComparison.Ordinal)) _listening.TrySetResult();
    }
}
