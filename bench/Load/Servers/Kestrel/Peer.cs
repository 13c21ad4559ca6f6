using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text;

namespace KestrelApp;

/// <summary>One connection: what it sends comes back, to itself, to a room or to everybody, as the first word of the message says.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Others may be about to send.")]
internal sealed class Peer(WebSocket socket, Hall hall)
{
    private readonly SemaphoreSlim _sending = new(1);
    private readonly List<string> _rooms = [];

    private static ReadOnlySpan<byte> Broadcast => "42[\"broadcast\","u8;

    private static ReadOnlySpan<byte> ToRoom => "42[\"room\",\""u8;

    private static ReadOnlySpan<byte> Join => "42[\"join\",\""u8;

    public async Task RunAsync()
    {
        var buffer = new byte[4 * 1024];
        var length = 0;
        hall.Enter(this);
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close) break;
                length += result.Count;
                if (!result.EndOfMessage)
                {
                    if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
                    continue;
                }

                await AnswerAsync(buffer.AsMemory(0, length), result.MessageType);
                length = 0;
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The client went without a word.
        }
        finally
        {
            hall.Leave(this, _rooms);
        }
    }

    private ValueTask AnswerAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type)
    {
        if (type == WebSocketMessageType.Binary) return SendAsync(message, type);
        if (message.Span.StartsWith(Broadcast)) return SendToAllAsync(hall.Everyone, message);
        if (message.Span.StartsWith(ToRoom)) return SendToRoomAsync(message);
        if (message.Span.StartsWith(Join)) JoinRoom(RoomName(message.Span[Join.Length..]));
        return SendAsync(message, type);
    }

    private void JoinRoom(ReadOnlySpan<byte> name)
    {
        var room = Encoding.UTF8.GetString(name);
        _rooms.Add(room);
        hall.Join(this, room);
    }

    private ValueTask SendToRoomAsync(ReadOnlyMemory<byte> message)
    {
        var name = RoomName(message.Span[ToRoom.Length..]);
        Span<char> text = stackalloc char[name.Length];
        return SendToAllAsync(hall.Room(text[..Encoding.UTF8.GetChars(name, text)]).AsMemory(), message);
    }

    private static async ValueTask SendToAllAsync(ReadOnlyMemory<Peer> peers, ReadOnlyMemory<byte> message)
    {
        List<Task>? unfinished = null; // most sends finish at once
        for (var i = 0; i < peers.Length; i++)
        {
            var sending = peers.Span[i].SendAsync(message, WebSocketMessageType.Text);
            if (!sending.IsCompletedSuccessfully) (unfinished ??= []).Add(sending.AsTask());
        }

        if (unfinished is not null) await Task.WhenAll(unfinished);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type)
    {
        await _sending.WaitAsync();
        try
        {
            await socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // Its own loop will notice, and it is not the sender's affair.
        }
        finally
        {
            _sending.Release();
        }
    }

    private static ReadOnlySpan<byte> RoomName(ReadOnlySpan<byte> rest) => rest[..rest.IndexOf((byte)'"')];
}
