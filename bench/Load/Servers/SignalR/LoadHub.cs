using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;

namespace SignalRApp;

[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "SignalR calls instance methods.")]
internal sealed class LoadHub : Hub
{
    public Task Echo(string text) => Clients.Caller.SendAsync("echo", text);

    public Task Binary(byte[] data) => Clients.Caller.SendAsync("binary", data);

    public string Ask(string text) => text;

    public Task Broadcast(string text) => Clients.All.SendAsync("broadcast", text);

    public Task Room(string room, string text) => Clients.Group(room).SendAsync("room", room, text);

    public async Task Join(string room)
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, room);
        await Clients.Caller.SendAsync("join", room);
    }
}
