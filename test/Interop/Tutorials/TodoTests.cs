using System.Collections.Concurrent;
using System.Text.Json;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/get-started/basic-crud-application/ and the validation of https://socket.io/docs/v4/server-application-structure/</summary>
[Trait("Spec", "SRV-SCN-06")]
public sealed class TodoTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var ada = await WireClient.ConnectAsync(server);
        await using var bob = await WireClient.ConnectAsync(server);
        await ada.SendAsync("420[\"todo:create\",{\"title\":\"tea\"}]");
        await bob.ExpectAsync("42[\"todo:created\",{\"id\":1,\"title\":\"tea\",\"completed\":false}]");
        await ada.ExpectAsync("430[{\"status\":\"OK\",\"data\":1}]");
        await ada.SendAsync("421[\"todo:create\",{\"title\":\" \"}]");
        await ada.ExpectAsync("431[{\"status\":\"Bad Request\",\"error\":\"title is required\"}]");
        await ada.SendAsync("422[\"todo:create\"]");
        await ada.ExpectAsync("432[{\"status\":\"Bad Request\",\"error\":\"title is required\"}]");
        await bob.SendAsync("423[\"todo:list\"]");
        await bob.ExpectAsync("433[{\"status\":\"OK\",\"data\":[{\"id\":1,\"title\":\"tea\",\"completed\":false}]}]");
        await bob.SendAsync("42[\"todo:create\",{\"title\":\"nobody would learn its id\"}]");
        await bob.ExpectAsync("41");
        await ada.SendAsync("424[\"todo:read\",2]");
        await ada.ExpectAsync("434[{\"status\":\"Not Found\"}]");
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "todo");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(
        io =>
        {
            var todos = new ConcurrentDictionary<int, Todo>();
            io.OnConnection(socket => new TodoHandlers(todos, socket).Register());
        },
        options => options.SerializerOptions = JsonSerializerOptions.Web);

    private sealed class TodoHandlers(ConcurrentDictionary<int, Todo> todos, ServerSocket socket)
    {
        public void Register()
        {
            socket.On<Todo?, Ack>("todo:create", CreateAsync);
            socket.On<Todo>("todo:update", UpdateAsync);
            socket.OnRequest<int, object>("todo:delete", DeleteAsync);
            socket.OnRequest<int, object>("todo:read", id => todos.TryGetValue(id, out var todo) ? new { Status = "OK", Data = todo } : new { Status = "Not Found" });
            socket.OnRequest("todo:list", () => new { Status = "OK", Data = todos.Values });
        }

        private async Task CreateAsync(Todo? todo, Ack ack)
        {
            if (!ack.IsRequested)
            {
                await socket.DisconnectAsync();
            }
            else if (string.IsNullOrWhiteSpace(todo?.Title))
            {
                await ack.SendAsync(new { Status = "Bad Request", Error = "title is required" });
            }
            else
            {
                var created = todo with { Id = todos.Count + 1 };
                todos[created.Id] = created;
                await ack.SendAsync(new { Status = "OK", Data = created.Id });
                await socket.Broadcast.EmitAsync("todo:created", created);
            }
        }

        private async Task UpdateAsync(Todo todo)
        {
            todos[todo.Id] = todo;
            await socket.Broadcast.EmitAsync("todo:updated", todo);
        }

        private async Task<object> DeleteAsync(int id)
        {
            if (!todos.TryRemove(id, out _)) return new { Status = "Not Found" };
            await socket.Broadcast.EmitAsync("todo:deleted", id);
            return new { Status = "OK" };
        }
    }

    private sealed record Todo(int Id, string? Title, bool Completed);
}
