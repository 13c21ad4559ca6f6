using System.Diagnostics;

namespace Client;

/// <summary>So many times the same, one after the other, and what that cost this process.</summary>
internal sealed record Work(string Name, string Transport, int Count, Func<IContender, Task> Do)
{
    private static readonly string s_text = new('x', 32);
    private static readonly byte[] s_bytes = new byte[16 * 1024];

    public static Work[] All { get; } =
    [
        new("echo", "websocket", 10_000, static client => client.EchoAsync(s_text)),
        new("ack", "websocket", 10_000, static client => client.AskAsync(s_text)),
        new("binary 16 KiB", "websocket", 1_000, static client => client.BinaryAsync(s_bytes)),
        new("echo", "polling", 1_000, static client => client.EchoAsync(s_text)),
    ];

    public async Task<Cost> RunAsync(IContender client, Uri server)
    {
        await client.ConnectAsync(server, Transport);
        // Compiled code, filled pools.
        for (int i = 0; i < Count; i++) await Do(client);
        using var process = Process.GetCurrentProcess();
        GC.Collect();
        var cpu = process.TotalProcessorTime;
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Count; i++) await Do(client);
        var time = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        process.Refresh();
        return new Cost(time / Count, (process.TotalProcessorTime - cpu) / Count, (double)bytes / Count);
    }
}
