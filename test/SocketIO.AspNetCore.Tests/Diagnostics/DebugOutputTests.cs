using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SocketIO.Diagnostics;

namespace SocketIO.AspNetCore.Tests.Diagnostics;

/// <summary>The environment variable <c>DEBUG</c>.</summary>
public sealed class DebugOutputTests
{
    [Theory, Trait("Spec", "SRV-LOG-15")]
    [InlineData("*", "engine:ws", true)]
    [InlineData("*", "Microsoft.AspNetCore.Hosting", false)]
    [InlineData("engine", "engine", true)]
    [InlineData("engine", "engine:ws", false)]
    [InlineData("engine:*", "engine", false)]
    [InlineData("socket.io:*, engine*", "engine:polling", true)]
    [InlineData("engine* -engine:ws", "engine:ws", false)]
    [InlineData("-engine:ws engine*", "engine:ws", false)]
    [InlineData("socketxio*", "socket.io:socket", false)]
    [InlineData("*:socket", "socket.io:socket", true)]
    [InlineData("", "engine", false)]
    public void ScopesAreNamedAsInTheReference(string names, string scope, bool isWanted) =>
        Assert.Equal(isWanted, new DebugScopes(names).Contains(scope));

    [Fact, Trait("Spec", "SRV-NET-09")]
    public void LinesTellTheTimeSinceTheLastOfTheirScope()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55));
        time.Advance(TimeSpan.FromSeconds(1));
        using var output = new StringWriter { NewLine = "\n" };
        using var provider = new DebugLoggerProvider(output, new DebugScopes("engine*"), time);
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(provider).SetMinimumLevel(LogLevel.Trace));
        var engine = factory.CreateLogger("engine");
        var socket = factory.CreateLogger("engine:socket");
        Write(engine, "one");
        time.Advance(TimeSpan.FromMilliseconds(12));
        Write(socket, "two");
        Write(engine, "three");
        Write(factory.CreateLogger("socket.io:socket"), "not wanted");
        time.Advance(TimeSpan.FromSeconds(90));
        Write(engine, "four", new InvalidOperationException("fault"));
        Assert.Equal("engine one +0ms\nengine:socket two +0ms\nengine three +12ms\nengine four fault +2m\n", output.ToString());
    }

    [Fact]
    public void ItNeedsNoMinimumLevelAndSaysNothingUnasked()
    {
        using var asked = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Warning).AddSocketIODebug("engine"));
        Assert.True(asked.CreateLogger("engine").IsEnabled(LogLevel.Trace));
        Assert.False(asked.CreateLogger("socket.io:socket").IsEnabled(LogLevel.Trace));
        using var unasked = LoggerFactory.Create(builder => builder.AddSocketIODebug(""));
        Assert.False(unasked.CreateLogger("engine").IsEnabled(LogLevel.Error));
    }

    private static void Write(ILogger logger, string message, Exception? exception = null) =>
        logger.Log(LogLevel.Trace, default, message, exception, static (text, _) => text);
}
