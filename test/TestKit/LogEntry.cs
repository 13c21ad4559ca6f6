using Microsoft.Extensions.Logging;

namespace TestKit;

/// <summary>One line of the log.</summary>
public sealed record LogEntry(LogLevel Level, string Category, string Message, Exception? Exception);
