namespace EngineIO.AspNetCore.Sending;

/// <summary>Lists for packets that wait: an idle session has none. A few are kept on each thread, which fills and writes one session after the other.</summary>
internal static class PacketLists
{
    private const int MaxIdle = 8;
    private const int MaxCapacity = 1024;

    [ThreadStatic]
    private static Stack<List<OutgoingPacket>>? s_idle;

    public static List<OutgoingPacket> Take() => s_idle is not null && s_idle.TryPop(out var list) ? list : [];

    public static void Give(List<OutgoingPacket> list)
    {
        var idle = s_idle ??= new(MaxIdle);
        if (idle.Count == MaxIdle || list.Capacity > MaxCapacity) return;
        list.Clear();
        idle.Push(list);
    }
}
