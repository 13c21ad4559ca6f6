namespace SocketIO.AspNetCore.Recovery;

/// <summary>A stored event: what it was and for whom.</summary>
/// <param name="Position">Its position.</param>
/// <param name="StoredAt">The timestamp of its storing, which a change of the clock does not move.</param>
/// <param name="Options">For whom it was.</param>
/// <param name="Data">Its data, the offset included; empty where it was dropped to save memory.</param>
internal readonly record struct LogEntry(long Position, long StoredAt, BroadcastOptions Options, Payload Data)
{
    // The entry itself and its options, roughly.
    private const int Overhead = 200;

    /// <summary>The bytes that knowing of the event takes.</summary>
    public long HeadBytes => Overhead + BytesOf(Options.Rooms) + BytesOf(Options.Except);

    /// <summary>The bytes of the event itself.</summary>
    public long DataBytes
    {
        get
        {
            long bytes = Data.Json.Length;
            foreach (ref readonly var attachment in Data.Attachments.Span) bytes += attachment.Length + 40;
            return bytes;
        }
    }

    private static long BytesOf(IReadOnlyList<string> rooms)
    {
        long bytes = 0;
        for (var i = 0; i < rooms.Count; i++) bytes += (rooms[i].Length * sizeof(char)) + 24;
        return bytes;
    }
}
