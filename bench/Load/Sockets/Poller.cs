using System.Runtime.InteropServices;

namespace Load.Sockets;

/// <summary>One epoll instance, level-triggered.</summary>
internal sealed unsafe class Poller : IDisposable
{
    private const int Capacity = 512;

    // struct epoll_event { uint32_t events; epoll_data_t data; } is packed on x64 only.
    private static readonly int s_tokenOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int s_entrySize = s_tokenOffset + 8;

    private readonly int _epoll = LastError.Check(Libc.EpollCreate(Libc.EpollCloseOnExec), "epoll_create1");
    private readonly byte* _entries = (byte*)NativeMemory.Alloc((nuint)(Capacity * s_entrySize));

    public void Add(int file, int token, bool reading, bool writing) => Control(Libc.EpollAdd, file, token, reading, writing);

    public void Modify(int file, int token, bool reading, bool writing) => Control(Libc.EpollModify, file, token, reading, writing);

    /// <summary>The number of entries that are ready, read with <see cref="Token"/>.</summary>
    public int Wait(int milliseconds)
    {
        var count = Libc.EpollWait(_epoll, _entries, Capacity, milliseconds);
        return count < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted ? 0 : LastError.Check(count, "epoll_wait");
    }

    public int Token(int entry) => *(int*)(_entries + entry * s_entrySize + s_tokenOffset);

    public void Dispose()
    {
        Libc.Close(_epoll);
        NativeMemory.Free(_entries);
    }

    private void Control(int operation, int file, int token, bool reading, bool writing)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = (reading ? Libc.EpollIn : 0) | (writing ? Libc.EpollOut : 0);
        *(long*)(entry + s_tokenOffset) = token;
        LastError.Check(Libc.EpollControl(_epoll, operation, file, entry), "epoll_ctl");
    }
}
