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

    /// <summary>
    /// Asserts that something other than the heartbeat has closed a session, which a pong would keep alive. A close that the wire does not announce
    /// (an abort) may take a moment to be seen.
    /// </summary>
    protected Task AssertClosedAsync(string target) =>
        AssertGoneAsync(target, "POST", target.Contains("EIO=4", StringComparison.Ordinal) ? "3" : "1:2");

    /// <summary>Asserts that a session ends without any doing of the client.</summary>
    protected Task AssertDroppedAsync(string target) =>
        // A live session answers this method at once, with 500, and is not kept alive by it.
        AssertGoneAsync(target, "PUT", null);

    /// <summary>Asserts that the server is well: a hostile client must not have harmed it.</summary>
    protected async Task AssertServingAsync()
    {
        var response = await RawHttp.GetAsync(Server, Path + "?EIO=4&transport=polling");
        Assert.Equal(200, response.Status);
    }

    /// <summary>Skips a test of a deliberate difference when the server is the reference.</summary>
    protected static void OursOnly(string difference) => Assert.SkipWhen(ConformanceServers.IsReference, difference);

    private async Task AssertGoneAsync(string target, string method, string? body)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // Code 3: it lives on another transport.
            var response = await RawHttp.RequestAsync(Server, method, target, body);
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
}
