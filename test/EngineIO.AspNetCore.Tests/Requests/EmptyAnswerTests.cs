using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>Faults of a transport: an empty answer and no <c>connection_error</c>.</summary>
[Trait("Spec", "EIO-ERR-17")]
public sealed class EmptyAnswerTests
{
    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task Other_method_gives_500_and_the_session_survives(string method)
    {
        await using var server = await RequestServer.StartAsync();
        await using var polling = await PollingClient.OpenAsync(server.Address);

        AssertEmpty(server, await server.RequestAsync(method, polling.Target), 500);

        Assert.Equal("ok", (await polling.PostAsync("4a")).Text);
    }

    [Fact]
    public async Task Oversize_POST_gives_413()
    {
        await using var server = await RequestServer.StartAsync(options => options.MaxHttpBufferSize = 10);
        await using var polling = await PollingClient.OpenAsync(server.Address);

        AssertEmpty(server, await polling.PostAsync("4" + new string('a', 10)), 413);
    }

    [Fact]
    public async Task Octet_stream_gives_400()
    {
        await using var server = await RequestServer.StartAsync();
        await using var polling = await PollingClient.OpenAsync(server.Address);

        AssertEmpty(server, await polling.PostAsync("4a", ("Content-Type", "application/octet-stream")), 400);
    }

    [Fact]
    public async Task Overlapping_GET_gives_400()
    {
        await using var server = await RequestServer.StartAsync();
        await using var polling = await PollingClient.OpenAsync(server.Address);
        var first = await polling.BeginGetAsync();
        var session = server.Sessions.Single();
        await Deadline.UntilAsync(() => session.IsWritable, "the first GET to wait");

        AssertEmpty(server, await server.GetAsync(polling.Target), 400);

        Assert.Equal("1", (await first).Text);
    }

    private static void AssertEmpty(RequestServer server, RawResponse response, int status)
    {
        Assert.Equal(status, response.Status);
        Assert.Empty(response.Body);
        Assert.Equal("0", response.Header("Content-Length"));
        Assert.Null(response.Header("Cache-Control"));
        Assert.Empty(server.Errors);
    }
}
