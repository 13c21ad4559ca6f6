using BenchmarkDotNet.Attributes;
using SocketIO;
using SocketIO.Json;

namespace Micro;

/// <summary>.NET values to JSON and back.</summary>
public class ArgumentBenchmarks
{
    private static readonly object Number = 42;
    private static readonly Message Sample = new("Ada", "hello, world", 1815);
    private static readonly EventArguments Plain = EventArguments.Create(PayloadSerializer.Default, "chat", ["hello, world", 42]);
    private static readonly EventArguments Object = EventArguments.Create(PayloadSerializer.Default, "chat", [Sample]);

    [Benchmark]
    public int WritePlain()
    {
        using var rented = PayloadSerializer.Default.RentEvent("chat", ["hello, world", Number]);
        return rented.Payload.Json.Length;
    }

    [Benchmark]
    public int WriteObject()
    {
        using var rented = PayloadSerializer.Default.RentEvent("chat", [Sample]);
        return rented.Payload.Json.Length;
    }

    [Benchmark]
    public int ReadPlain()
    {
        var reader = Plain.GetReader();
        return reader.Read<string>()!.Length + reader.Read<int>();
    }

    [Benchmark]
    public Message? ReadObject() => Object.Get<Message>(0);

    public sealed record Message(string Author, string Text, int Year);
}
