using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Load.Sockets;

/// <summary>A non-blocking TCP connection between two addresses of this machine.</summary>
internal sealed unsafe class TcpSocket : IDisposable
{
    public const int Blocked = -1;

    private const int AddressLength = 16;
    private const int Sources = 250;

    private static int s_count;

    private TcpSocket(int file) => File = file;

    public int File { get; private set; }

    /// <summary>
    /// Begins to connect to 127.0.0.1, from 127.0.0.1, 127.0.0.2, … in turn: one address has too few ports for all, and a port that comes round again
    /// while its last connection is still remembered (TIME_WAIT) may have to wait for a second.
    /// </summary>
    public static TcpSocket Connect(int port)
    {
        var file = LastError.Check(
            Libc.Socket(Libc.AddressFamilyInet, Libc.SocketStream | Libc.SocketNonBlocking | Libc.SocketCloseOnExec, 0), "socket");
        SetOption(file, Libc.LevelTcp, Libc.NoDelay, 1);
        SetOption(file, Libc.LevelIP, Libc.BindAddressNoPort, 1);
        var address = stackalloc byte[AddressLength];
        LastError.Check(Libc.Bind(file, Write(address, port: 0, (byte)(1 + s_count++ % Sources)), AddressLength), "bind");
        var result = Libc.Connect(file, Write(address, port, host: 1), AddressLength);
        if (result < 0 && Marshal.GetLastPInvokeError() != Libc.InProgress) LastError.Check(result, "connect");
        return new TcpSocket(file);
    }

    /// <summary>The number of bytes received, 0 at the end, or <see cref="Blocked"/>.</summary>
    public int Receive(Span<byte> buffer)
    {
        fixed (byte* start = buffer) return Check(Libc.Receive(File, start, (nuint)buffer.Length, 0), "recv");
    }

    /// <summary>The number of bytes sent, or <see cref="Blocked"/>.</summary>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes) return Check(Libc.Send(File, start, (nuint)bytes.Length, Libc.NoSignal), "send");
    }

    /// <summary>Lets the kernel keep as little as it can of what has not been received.</summary>
    public void ShrinkReceiveBuffer() => SetOption(File, Libc.LevelSocket, Libc.ReceiveBuffer, 1);

    public void Dispose()
    {
        if (File >= 0) Libc.Close(File);
        File = -1;
    }

    private static int Check(nint result, string call)
    {
        if (result >= 0) return (int)result;
        return Marshal.GetLastPInvokeError() is Libc.WouldBlock or Libc.Interrupted ? Blocked : LastError.Check((int)result, call);
    }

    private static void SetOption(int file, int level, int name, int value) =>
        LastError.Check(Libc.SetOption(file, level, name, &value, sizeof(int)), "setsockopt");

    // struct sockaddr_in: family, port in network order, address, 8 bytes of nothing.
    private static byte* Write(byte* address, int port, byte host)
    {
        var span = new Span<byte>(address, AddressLength);
        span.Clear();
        MemoryMarshal.Write(span, (ushort)Libc.AddressFamilyInet);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], (ushort)port);
        span[4] = 127;
        span[7] = host;
        return address;
    }
}
