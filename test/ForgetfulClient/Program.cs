using SocketIO.Client;

// A program that ends without a word to its client, whatever that is doing: ForgetfulClient URL polling|websocket...
// It ends when its input does.
var manager = new SocketManager(new Uri(args[0]), new SocketManagerOptions { Transports = args[1..] });
using var attempts = manager.OnReconnectAttempt(attempt => Console.WriteLine($"attempt {attempt}"));
manager.Socket().Connect();
await Console.In.ReadToEndAsync();
