using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

/// <summary>Keeps every line, of any level.</summary>
internal sealed class DebugLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    /// <summary>What "socket.io:server" says when a server is made, after its main namespace.</summary>
    public static string[] Construction { get; } = ["creating engine.io instance with opts {\"path\":\"/socket.io\"}", "attaching client serving req handler"];

    /// <summary>The lines of one category so far.</summary>
    public IReadOnlyList<string> Of(string category) => [.. _entries.Where(entry => entry.Category == category).Select(entry => entry.Message)];

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines => [.. _entries.Select(entry => entry.Message)];

    public LogLevel LevelOf(string message) => _entries.First(entry => entry.Message == message).Level;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LogEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new LogEntry(logLevel, category, formatter(state, exception), exception));
    }
}
