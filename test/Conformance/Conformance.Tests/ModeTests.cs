namespace Conformance.Tests;

/// <summary>Black-box tests of one mode: they know its base address and nothing else.</summary>
public abstract class ModeTests(ConformanceServers servers, string mode, string path) : IAsyncLifetime
{
    private Uri? _server;

    protected Uri Server => _server!;

    /// <summary>Path of the mode, with its slashes.</summary>
    protected string Path { get; } = path;

    public async ValueTask InitializeAsync() => _server = await servers.GetAsync(mode);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected Task<PollingClient> OpenPollingAsync(string extra = "", int revision = 4) =>
        PollingClient.OpenAsync(Server, Path, revision, extra);

    protected Task<SocketClient> OpenWebSocketAsync(string extra = "", int revision = 4) =>
        SocketClient.OpenAsync(Server, Path, revision, extra);

    /// <summary>
    /// Lets a request that was just written reach its handler: nothing on the wire tells that a GET is pending, but answers to later requests
    /// on other connections do tell that the server went on.
    /// </summary>
    protected async Task SettleAsync()
    {
        for (int i = 0; i < 5; i++)
            await RawHttp.GetAsync(Server, Path + "?transport=none");
    }

    /// <summary>Asserts a JSON error answer, byte by byte.</summary>
    protected static void AssertError(RawResponse response, int code)
    {
        string message = code switch
        {
            0 => "Transport unknown",
            1 => "Session ID unknown",
            2 => "Bad handshake method",
            3 => "Bad request",
            4 => "Forbidden",
            5 => "Unsupported protocol version",
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };
        Assert.Equal($$"""{"code":{{code}},"message":"{{message}}"}""", response.Text);
        Assert.Equal(code == 4 ? 403 : 400, response.Status);
        Assert.Equal("application/json", response.ContentType);
    }

    /// <summary>Asserts that a session is gone. A close that the wire does not announce (an abort) may take a moment to be seen.</summary>
    protected async Task AssertClosedAsync(string target)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // A live session answers this method at once, with 500 or (not on polling) code 3, so that this never waits for packets.
            var response = await RawHttp.RequestAsync(Server, "PUT", target);
            if (response.Status == 400 && !response.Text.StartsWith("{\"code\":3", StringComparison.Ordinal))
            {
                AssertError(response, 1);
                return;
            }

            if (TimeProvider.System.GetElapsedTime(start) > Deadline.Default)
                Assert.Fail($"The session is still known: {response}");
            await Task.Delay(5);
        }
    }

    /// <summary>Asserts that the server is well: a hostile client must not have harmed it.</summary>
    protected async Task AssertServingAsync()
    {
        var response = await RawHttp.GetAsync(Server, Path + "?EIO=4&transport=polling");
        Assert.Equal(200, response.Status);
    }

    /// <summary>Skips a test of a deliberate difference when the server is the reference.</summary>
    protected static void OursOnly(string difference) => Assert.SkipWhen(ConformanceServers.IsReference, difference);
}
