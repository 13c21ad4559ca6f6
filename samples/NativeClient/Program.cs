using System.Text.Json;
using NativeClient;
using SocketIO;
using SocketIO.Client;
using SocketIO.MessagePack;

// A client that is compiled to native code. It sends each kind of argument to a server that answers the event "echo" by an acknowledgement with the same arguments:
//
//   dotnet publish samples/NativeClient -o native
//   native/NativeClient http://localhost:3000 [polling|websocket] [msgpack]

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: NativeClient URL [polling|websocket] [msgpack]");
    return 2;
}

var options = new SocketManagerOptions
{
    JsonSerializerOptions = new JsonSerializerOptions { TypeInfoResolver = OrderContext.Default },
    Parser = args.Contains("msgpack") ? new MessagePackPacketParser() : null,
};
if (args.Skip(1).Where(arg => arg is "polling" or "websocket").ToArray() is { Length: > 0 } transports) options.Transports = transports;

await using var manager = new SocketManager(new Uri(args[0]), options);
var socket = manager.Socket();
var greeted = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
using var greeting = socket.On("hello", (string text) => greeted.TrySetResult(text));

await socket.ConnectAsync();
Console.WriteLine($"connected as {socket.Id} over {manager.Engine?.TransportName}");

int number = await socket.EmitWithAckAsync<int>("echo", 42);
Console.WriteLine($"number {number}");

var order = await socket.EmitWithAckAsync<Order>("echo", new Order("tea", 3, [1, 2, 3]));
Console.WriteLine($"order {order?.Item} {order?.Count} {order?.Picture.Length} bytes");

await socket.EmitAsync("greet", "native");
Console.WriteLine($"event {await greeted.Task.WaitAsync(TimeSpan.FromSeconds(10))}");

await socket.DisconnectAsync();
Console.WriteLine("done");
return 0;
