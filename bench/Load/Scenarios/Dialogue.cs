using Load.Messages;
using Load.Wires;

namespace Load.Scenarios;

/// <summary>What a client sends, and what it must receive for it.</summary>
internal readonly record struct Dialogue(Message[] Request, Message[] Answer)
{
    private const int BinaryLength = 16 * 1024;
    private const int LargeLength = 4 * 1024;

    private static readonly string s_mark = System.Text.Encoding.ASCII.GetString(SequenceNumber.Mark);

    /// <summary>A text of 32 characters, which says whose it is and which.</summary>
    public static string Text(int connection) => $"{connection:00000}-{s_mark}-abcdefghijklmnop";

    public static Dialogue Echo(IWire wire, int connection) => Same(wire.Event("echo", Text(connection)));

    public static Dialogue Ack(IWire wire, int connection) => new(wire.Question("ask", Text(connection)), wire.Answer(Text(connection)));

    public static Dialogue Broadcast(IWire wire, int connection) => Same(wire.Event("broadcast", Text(connection)));

    public static Dialogue Room(IWire wire, int room) => Same(wire.Event("room", RoomName(room), Text(room)));

    /// <summary>To a room, with some 4 KiB of text.</summary>
    public static Dialogue LargeMessage(IWire wire, int room) => Same(wire.Event("room", RoomName(room), Text(room) + new string('x', LargeLength)));

    public static Dialogue Join(IWire wire, int room) => Same(wire.Event("join", RoomName(room)));

    public static Dialogue Binary(IWire wire, int connection)
    {
        var bytes = new byte[BinaryLength];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i * 31 + connection);
        SequenceNumber.Mark.CopyTo(bytes);
        return Same(wire.BinaryEvent("binary", bytes));
    }

    private static string RoomName(int room) => $"room-{room}";

    private static Dialogue Same(Message[] parts) => new(parts, parts);
}
