using System.Collections.Concurrent;
using System.Text.Json;
using SocketIO;
using SocketIO.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSocketIO(options => options.SerializerOptions = JsonSerializerOptions.Web); // { id, name, room }, as JavaScript spells it

var app = builder.Build();
app.UseFileServer(); // the page, in wwwroot
var io = app.MapSocketIO(); // the server, and its browser client at /socket.io/socket.io.js

var people = new ConcurrentDictionary<string, Person>();
var announcing = new SemaphoreSlim(1);

// A client says who it is when it connects, hence again whenever it reconnects.
io.Use((socket, next) =>
{
    if (socket.Handshake.GetAuth<Hello>() is not { } hello || !IsShort(hello.Name) || !IsShort(hello.Room))
        throw new ConnectionRefusedException("Names and rooms have 1 to 24 characters.");
    return next();
});

io.OnConnection(async socket =>
{
    var (name, room) = socket.Handshake.GetAuth<Hello>()!;
    var me = people[socket.Id] = new Person(socket.Id, name, room);

    socket.On<string>("message", text => io.To(me.Room).EmitAsync("message", me, text));

    socket.On<bool>("typing", isTyping => socket.To(me.Room).Volatile.EmitAsync("typing", me, isTyping));

    socket.On<string>("join", async newRoom =>
    {
        if (!IsShort(newRoom)) return;
        await socket.LeaveAsync(me.Room);
        await LeaveAsync();
        people.TryUpdate(me.Id, me with { Room = newRoom }, me);
        me = me with { Room = newRoom };
        await EnterAsync();
    });

    socket.OnDisconnected(async _ =>
    {
        people.TryRemove(me.Id, out var _);
        await LeaveAsync();
        await AnnounceAsync();
    });

    await EnterAsync();

    async Task EnterAsync()
    {
        await socket.JoinAsync(me.Room);
        await socket.To(me.Room).EmitAsync("user joined", me);
        await AnnounceAsync();
    }

    ValueTask LeaveAsync() => socket.To(me.Room).EmitAsync("user left", me);
});

app.Run();

// One at a time, so that the last list to arrive is the newest.
async Task AnnounceAsync()
{
    await announcing.WaitAsync();
    try
    {
        await io.EmitAsync("people", people.Values);
    }
    finally
    {
        announcing.Release();
    }
}

static bool IsShort(string? text) => text?.Trim().Length is > 0 and <= 24;

internal sealed record Hello(string Name, string Room);

internal sealed record Person(string Id, string Name, string Room);
