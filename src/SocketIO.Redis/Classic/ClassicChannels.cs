using System.Text;
using StackExchange.Redis;

namespace SocketIO.Redis.Classic;

/// <summary>The channels of one namespace.</summary>
internal sealed class ClassicChannels
{
    private readonly string _broadcasts;
    private readonly string _responses;
    private readonly byte[] _broadcastName;
    private readonly byte[] _requestName;
    private readonly byte[] _responseName;

    /// <param name="key">What all of them begin with.</param>
    /// <param name="ns">The namespace.</param>
    public ClassicChannels(string key, string ns)
    {
        _broadcasts = $"{key}#{ns}#";
        _responses = $"{key}-response#{ns}#";
        _broadcastName = Encoding.UTF8.GetBytes(_broadcasts);
        Broadcasts = RedisChannel.Literal(_broadcasts);
        Requests = RedisChannel.Literal($"{key}-request#{ns}#");
        Responses = RedisChannel.Literal(_responses);
        _requestName = (byte[])Requests!;
        _responseName = (byte[])Responses!;
    }

    /// <summary>Where broadcasts go that are not for exactly one room.</summary>
    public RedisChannel Broadcasts { get; }

    /// <summary>Where requests go. Servers are counted by it.</summary>
    public RedisChannel Requests { get; }

    /// <summary>Where answers go that are for anyone.</summary>
    public RedisChannel Responses { get; }

    /// <summary>Where a broadcast goes.</summary>
    public RedisChannel ForBroadcast(BroadcastOptions options) =>
        options.Rooms.Count == 1 ? RedisChannel.Literal($"{_broadcasts}{options.Rooms[0]}#") : Broadcasts;

    /// <summary>Where the answers for one server go.</summary>
    public RedisChannel ResponsesFor(string serverId) => RedisChannel.Literal($"{_responses}{serverId}#");

    /// <summary>One pattern for broadcasts, requests and, where wanted, answers: messages of one subscription keep their order, those of several do not, and sockets are to have
    /// joined a room before what is emitted to it comes. What is before the namespace ends like the key, <c>request</c> or <c>response</c>; hardly anything else that does is there.</summary>
    public static RedisChannel Pattern(string key, string ns, bool withResponses)
    {
        var last = char.IsLowSurrogate(key[^1]) ? 2 : 1;
        return RedisChannel.Pattern($"{Escape(key[..^last])}*[{Escape(key[^last..])}t{(withResponses ? "e" : "")}]#{Escape(ns)}#*");
    }

    /// <summary>Whether a message is a broadcast.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="room">The room of which alone it is; empty for none in particular.</param>
    public bool IsBroadcast(ReadOnlySpan<byte> channel, out string room)
    {
        room = "";
        if (!channel.StartsWith(_broadcastName)) return false;
        if (channel.Length > _broadcastName.Length) room = Encoding.UTF8.GetString(channel[_broadcastName.Length..^1]);
        return true;
    }

    /// <summary>Whether a message is a request.</summary>
    public bool IsRequest(ReadOnlySpan<byte> channel) => channel.SequenceEqual(_requestName);

    /// <summary>Whether a message is an answer for anyone.</summary>
    public bool IsResponse(ReadOnlySpan<byte> channel) => channel.SequenceEqual(_responseName);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '*' or '?' or '[' or ']' or '^' or '-' or '\\') escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }
}
