using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>A wrong option stops the host with a message that names it, its value and what to do.</summary>
public sealed class EngineOptionsTests
{
    public static TheoryData<string, string, string> Faults => new()
    {
        { "Path", "engine.io", "a path that begins with '/'" },
        { "Path", "null", "a path that begins with '/'" },
        { "PingInterval", "00:00:00", "a time above zero" },
        { "PingTimeout", "-00:00:00.0010000", "a time above zero" },
        { "UpgradeTimeout", "25.00:00:00", "below 24 days" },
        { "MaxHttpBufferSize", "0", "from 1 to 1,073,741,822" },
        { "MaxPacketsPerPayload", "0", "at least 1" },
        { "Transports", "None", "Polling, WebSocket or both" },
        { "Transports", "4", "Polling, WebSocket or both" },
        { "MaxSessions", "0", "null for no limit, or at least 1" },
        { "MaxQueuedPackets", "0", "at least 1" },
        { "MaxQueuedBytes", "-1", "at least 1" },
        { "SendQueueFull", "99", "one of Wait" },
        { "HttpCompression.Threshold", "-1", "0 or more bytes" },
        { "HttpCompression.Level", "9", "one of Optimal, Fastest" },
        { "PerMessageDeflate.Threshold", "-1", "0 or more bytes" },
        { "PerMessageDeflate.ServerMaxWindowBits", "8", "9 to 15" },
        { "Cookie.Name", "a b", "a cookie name of letters" },
        { "Cookie.Path", "/;x", "a path without ';'" },
        { "Cookie.Domain", "a\r\nb", "a domain without ';'" },
        { "Cookie.Priority", "high", "Low, Medium or High" },
        { "Cors.Credentials", "True", "Cors.Origins" },
        { "Cors.RefuseOtherOrigins", "True", "Cors.Origins" },
        { "Cors.MaxAge", "-00:00:01", "zero or more" },
        { "Cors.OptionsSuccessStatus", "99", "from 200 to 299" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Spec", "SRV-EOPT-08")]
    [Trait("Spec", "SRV-OPT-10")]
    public async Task Wrong_option_stops_the_start(string option, string value, string fix)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            WebServer.StartAsync(builder => builder.Services.AddEngineIO(options => Spoil(options, option, value)), static _ => { }));
        AssertMessage(Assert.Single(error.Failures));

        var options = new EngineOptions();
        Spoil(options, option, value);
        AssertMessage(Assert.Throws<ArgumentException>(() => new EngineServer(options, NullLoggerFactory.Instance, TimeProvider.System)).Message);

        void AssertMessage(string message)
        {
            Assert.StartsWith($"The option {option} is {value}; set it to ", message, StringComparison.Ordinal);
            Assert.Contains(fix, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(options => (options.MaxSessions, options.PingInterval) = (-1, TimeSpan.Zero)),
            static app => app.MapEngineIO()));

        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public async Task Map_without_Add_says_what_is_missing()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => WebServer.StartAsync(null, static app => app.MapEngineIO()));

        Assert.Contains("AddEngineIO()", error.Message, StringComparison.Ordinal);
    }

    private static void Spoil(EngineOptions options, string option, string value)
    {
        var number = int.TryParse(value, out var parsed) ? parsed : 0;
        switch (option)
        {
            case "Path": options.Path = value == "null" ? null! : value; break;
            case "PingInterval": options.PingInterval = TimeSpan.Parse(value, CultureInfo.InvariantCulture); break;
            case "PingTimeout": options.PingTimeout = TimeSpan.Parse(value, CultureInfo.InvariantCulture); break;
            case "UpgradeTimeout": options.UpgradeTimeout = TimeSpan.Parse(value, CultureInfo.InvariantCulture); break;
            case "MaxHttpBufferSize": options.MaxHttpBufferSize = number; break;
            case "MaxPacketsPerPayload": options.MaxPacketsPerPayload = number; break;
            case "Transports": options.Transports = (EngineTransports)number; break;
            case "MaxSessions": options.MaxSessions = number; break;
            case "MaxQueuedPackets": options.MaxQueuedPackets = number; break;
            case "MaxQueuedBytes": options.MaxQueuedBytes = number; break;
            case "SendQueueFull": options.SendQueueFull = (SendQueueFullPolicy)number; break;
            case "HttpCompression.Threshold": options.HttpCompression = new() { Threshold = number }; break;
            case "HttpCompression.Level": options.HttpCompression = new() { Level = (System.IO.Compression.CompressionLevel)number }; break;
            case "PerMessageDeflate.Threshold": options.PerMessageDeflate = new() { Threshold = number }; break;
            case "PerMessageDeflate.ServerMaxWindowBits": options.PerMessageDeflate = new() { ServerMaxWindowBits = number }; break;
            case "Cookie.Name": options.Cookie = new() { Name = value }; break;
            case "Cookie.Path": options.Cookie = new() { Path = value }; break;
            case "Cookie.Domain": options.Cookie = new() { Domain = value }; break;
            case "Cookie.Priority": options.Cookie = new() { Priority = value }; break;
            case "Cors.Credentials": options.Cors = new() { Credentials = true }; break;
            case "Cors.RefuseOtherOrigins": options.Cors = new() { RefuseOtherOrigins = true, ReflectOrigin = true }; break;
            case "Cors.MaxAge": options.Cors = new() { MaxAge = TimeSpan.Parse(value, CultureInfo.InvariantCulture) }; break;
            case "Cors.OptionsSuccessStatus": options.Cors = new() { OptionsSuccessStatus = number }; break;
            default: throw new ArgumentOutOfRangeException(nameof(option), option, null);
        }
    }
}
