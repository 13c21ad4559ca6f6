using System.Globalization;
using Microsoft.Extensions.Logging;

namespace SocketIO.Diagnostics;

/// <summary>Writes lines in the form of the official server's debug output.</summary>
internal sealed class DebugLoggerProvider(TextWriter output, DebugScopes scopes, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new DebugLogger(categoryName, this);

    public void Dispose()
    {
    }

    private static string Humanize(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => Round(time.TotalDays, "d"),
        { TotalHours: >= 1 } => Round(time.TotalHours, "h"),
        { TotalMinutes: >= 1 } => Round(time.TotalMinutes, "m"),
        { TotalSeconds: >= 1 } => Round(time.TotalSeconds, "s"),
        _ => Round(Math.Floor(time.TotalMilliseconds), "ms"),
    };

    private static string Round(double value, string unit) =>
        Math.Round(value, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture) + unit;

    // One logger for each scope; the time counts from the scope's own last line.
    private sealed class DebugLogger(string scope, DebugLoggerProvider provider) : ILogger
    {
        private readonly bool _isEnabled = provider.Scopes.Contains(scope);
        private long _last;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => _isEnabled && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var now = provider.Time.GetTimestamp();
            var last = Interlocked.Exchange(ref _last, now);
            var since = last == 0 ? TimeSpan.Zero : provider.Time.GetElapsedTime(last, now);
            var message = exception is null ? formatter(state, null) : $"{formatter(state, exception)} {exception.Message}";
            provider.Output.WriteLine($"{scope} {message} +{Humanize(since)}");
        }
    }

    private TextWriter Output { get; } = TextWriter.Synchronized(output);

    private DebugScopes Scopes { get; } = scopes;

    private TimeProvider Time { get; } = time;
}
