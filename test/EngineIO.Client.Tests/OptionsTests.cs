using System.Net;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>An option that is wrong is named, with what to do, when a client is made.</summary>
public sealed class OptionsTests
{
    [Fact]
    [Trait("Spec", "CLI-TR-08")]
    public void Wrong_option_is_named()
    {
        AssertWrong("Transports", options => options.Transports = ["polling", "webtransport"]);
        AssertWrong("Path", options => options.Path = "socket.io");
        AssertWrong("Path", options => options.Path = null!);
        AssertWrong("RequestTimeout", options => options.RequestTimeout = TimeSpan.Zero);
        AssertWrong("CloseTimeout", options => options.CloseTimeout = TimeSpan.FromDays(30));
        AssertWrong("MaxMessageSize", options => options.MaxMessageSize = 0);
        AssertWrong("TimestampParam", options => options.TimestampParam = "");
        AssertWrong("Revision", options => options.Revision = (EngineRevision)5);
        AssertWrong("ExtraHeaders", options => options.ExtraHeaders["a b"] = "x");
        AssertWrong("ExtraHeaders", options => options.ExtraHeaders["x"] = "1\r\nInjected: 2");
        AssertWrong("TransportOptions", options => options.TransportOptions["tcp"] = new());
        AssertWrong("PerMessageDeflate", options => options.PerMessageDeflate!.ClientMaxWindowBits = 8);
        AssertWrong("HttpHandlerFactory", options => (options.HttpHandler, options.HttpHandlerFactory) = (new HttpClientHandler(), () => new HttpClientHandler()));
        AssertWrong("Proxy", options => (options.HttpHandler, options.Proxy) = (new HttpClientHandler(), new WebProxy("http://p")));
    }

    [Fact]
    [Trait("Spec", "CLI-TR-13")]
    [Trait("Behaviour", "engine.io-client/test/engine.io-client.js:23")]
    public void Defaults_are_those_of_the_reference()
    {
        var options = new EngineClientOptions();

        Assert.Equal("/engine.io", options.Path);
        Assert.Equal(["polling", "websocket"], options.Transports);
        Assert.Equal((true, false, false, true), (options.Upgrade, options.TryAllTransports, options.RememberUpgrade, options.AddTrailingSlash));
        Assert.Equal((false, false, "t"), (options.ForceBase64, options.WithCredentials, options.TimestampParam));
        Assert.Equal(1024, options.PerMessageDeflate!.Threshold);
        Assert.Equal(EngineRevision.V4, options.Revision);
    }

    [Fact]
    [Trait("Spec", "CLI-TR-07")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:39")]
    public async Task No_transports_fail_after_Open()
    {
        var recorder = new Recorder();
        await using var engine = new EngineClient(Ports.Nowhere(), new() { Transports = [] }) { Handler = recorder };
        using var isOpening = new ThreadLocal<bool>();
        bool? isToldWithin = null;
        engine.Closed += (_, _) => isToldWithin = isOpening.Value;
        isOpening.Value = true;
        engine.Open();
        isOpening.Value = false;

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal("transport error", reason);
        Assert.Equal("No transports available", error!.Message);
        await Deadline.UntilAsync(() => isToldWithin is not null, "the event");
        Assert.False(isToldWithin);
    }

    private static void AssertWrong(string option, Action<EngineClientOptions> spoil)
    {
        var options = new EngineClientOptions();
        spoil(options);
        var error = Assert.ThrowsAny<ArgumentException>(() => new EngineClient(new Uri("http://localhost"), options));
        Assert.Contains($"The option {option} is wrong", error.Message, StringComparison.Ordinal);
    }
}
