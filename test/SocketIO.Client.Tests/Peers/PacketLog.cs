using Microsoft.Extensions.Logging;
using TestKit;

namespace SocketIO.Client.Tests.Peers;

/// <summary>The packets of a client, as its log shows them.</summary>
public sealed class PacketLog
{
    public LogRecorder Recorder { get; } = new(LogLevel.Trace);

    /// <summary>What was sent, as text.</summary>
    public IReadOnlyList<string> Sent => [.. Lines("encoded ").Select(line => line[(line.LastIndexOf(" as ", StringComparison.Ordinal) + 4)..])];

    /// <summary>What was received, as text.</summary>
    public IReadOnlyList<string> Received => [.. Lines("decoded ").Select(line => line["decoded ".Length..line.LastIndexOf(" as ", StringComparison.Ordinal)])];

    private IEnumerable<string> Lines(string start) => Recorder.Entries
        .Where(entry => entry.Category == "socket.io-parser" && entry.Message.StartsWith(start, StringComparison.Ordinal))
        .Select(entry => entry.Message);
}
