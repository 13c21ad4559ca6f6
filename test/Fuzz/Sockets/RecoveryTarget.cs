using System.Text;
using Fuzz.Inputs;
using Microsoft.Extensions.Time.Testing;
using SocketIO;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Json;

namespace Fuzz.Sockets;

/// <summary>What a client says of the session that it wants back: the auth payload of its CONNECT, and the offset in it, which it may have made up.</summary>
public sealed class RecoveryTarget : FuzzTarget
{
    private const int Events = 50;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(55));
    private readonly PacketLog _log;
    private readonly string[] _offsets;
    private readonly StoredSession[] _sessions;
    private readonly byte[][] _corpus;
    private readonly byte[][] _tokens;

    public RecoveryTarget()
    {
        _log = new PacketLog(_time, TimeSpan.FromMinutes(2), 10_000_000);
        var data = PayloadSerializer.Default.SerializeEvent("e", []);
        _offsets = new string[Events];
        for (int i = 0; i < Events; i++)
        {
            if (i % 3 == 0) _time.Advance(TimeSpan.FromMilliseconds(1 + i));
            long position = _log.Stamp();
            _log.Add(position, BroadcastOptions.All, data);
            _offsets[i] = LogOffset.Format(position);
        }

        // Granted early or late or unknown; something or nothing sent since.
        _sessions = [Stored(_offsets[3], _offsets[40]), Stored(_offsets[30], null), Stored(null, _offsets[49]), Stored("no offset", "none either")];
        _corpus =
        [
            .. _offsets.Select(Encoding.UTF8.GetBytes),
            .. FuzzInput.Utf8(
                $"{{\"pid\":\"private\",\"offset\":\"{_offsets[20]}\"}}", $"{{\"offset\":\"{_offsets[21]}\",\"token\":[{{}}],\"pid\":\"\\u0070\"}}", "{\"pid\":\"private\",\"offset\":null}", "{\"pid\":1}", "[]"),
        ];
        _tokens = [[0xFF], .. FuzzInput.Utf8(".", "0", "_", "-", "zzzzzzz", "_______", "zzzz.____", "\"pid\":", "\"offset\":", "\"x\",", "{", "}", "[", "null", "\\ud800", "\\u002e", ",", "é", "😀")];
    }

    public override FuzzMessage[] Next(FuzzInput input) => [new(input.Mutate(_corpus, _tokens))];

    public override void Check(FuzzMessage[] messages)
    {
        foreach (var message in messages)
        {
            CheckOffset(Encoding.UTF8.GetString(message.Data));
            // Two strings; exceptions of the JSON reader and of the decoder below it cite what they could not read.
            var request = Within((30L * message.Data.Length) + 128_000, () => RecoveryRequest.Read(new Payload(message.Data)));
            if (request is not { } read) continue;
            Assert.NotNull(read.PrivateId);
            CheckOffset(read.Offset);
        }
    }

    private void CheckOffset(string? offset)
    {
        bool isOffset = Within(0, () => LogOffset.TryParse(offset, out _));
        if (isOffset)
        {
            // One spelling each, and none before the beginning of time.
            Assert.True(LogOffset.TryParse(offset, out long position));
            Assert.True(position >= 0);
            Assert.Equal(offset, LogOffset.Format(position));
        }

        foreach (var session in _sessions)
        {
            if (!session.TryFindStart(_log, offset, out long start)) continue;
            // Never before its grant, and never at an offset that was not given out.
            Assert.InRange(start, 0, _log.Last);
            Assert.True(LogOffset.TryParse(session.Session.GrantedAt, out long grantedAt) ? start >= grantedAt : isOffset);
        }
    }

    private StoredSession Stored(string? grantedAt, string? lastSent) =>
        new(
            new RecoverableSession("id", "private", ["id"], new Dictionary<string, object?>()) { GrantedAt = grantedAt, LastSent = lastSent },
            joinedAt: null, _log.Last, _time.GetTimestamp());
}
