using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore.Tests;

/// <summary>Acts when a line is logged, on the thread that logs it.</summary>
internal sealed class LineHook(string line) : ILoggerProvider, ILogger
{
    public Action? Action { get; set; }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception) == line) Action?.Invoke();
    }
}
