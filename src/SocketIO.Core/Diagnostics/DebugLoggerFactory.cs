using Microsoft.Extensions.Logging;

namespace SocketIO.Diagnostics;

/// <summary>Loggers that write in the form of the official library's debug output, for those who have no logging of their own.</summary>
internal sealed class DebugLoggerFactory(DebugLoggerProvider provider) : ILoggerFactory
{
    /// <summary>What the environment variable <c>DEBUG</c> asks for; null where it asks for nothing.</summary>
    public static ILoggerFactory? FromEnvironment() => Create(Environment.GetEnvironmentVariable("DEBUG"), Console.Error, TimeProvider.System);

    /// <summary>Loggers for the scopes that are named; null where none is.</summary>
    public static ILoggerFactory? Create(string? names, TextWriter output, TimeProvider time)
    {
        var scopes = new DebugScopes(names ?? "");
        return scopes.IsEmpty ? null : new DebugLoggerFactory(new DebugLoggerProvider(output, scopes, time));
    }

    public ILogger CreateLogger(string categoryName) => provider.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
