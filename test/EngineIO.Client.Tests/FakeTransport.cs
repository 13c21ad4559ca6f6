using System.Collections.Concurrent;
using EngineIO.Client.Sending;
using EngineIO.Client.Transports;

namespace EngineIO.Client.Tests;

/// <summary>A transport of which a test decides everything, for the table of states.</summary>
internal sealed class FakeTransport(EngineClient engine, string name) : ClientTransport
{
    private readonly TaskCompletionSource _completion = new();

    public override string Name => name;

    public override bool WritesPayloads => name == "polling";

    public override Task Completion => _completion.Task;

    public TaskCompletionSource? Writing { get; set; }

    public ConcurrentQueue<string> Written { get; } = new();

    public Action? OnPaused { get; private set; }

    public bool IsOpened { get; private set; }

    public bool IsClosed { get; private set; }

    public bool IsRetired { get; private set; }

    public bool IsResumed { get; private set; }

    public override void Open() => IsOpened = true;

    public override async ValueTask WriteAsync(List<OutgoingPacket> batch)
    {
        foreach (var packet in batch) Written.Enqueue(packet.Frame.IsBinary ? Convert.ToHexString(packet.Frame.Bytes.Span) : System.Text.Encoding.UTF8.GetString(packet.Frame.Bytes.Span));
        if (Writing is { } writing) await writing.Task;
    }

    public override void Pause(Action onPaused) => OnPaused = onPaused;

    public override void Resume() => IsResumed = true;

    public override void Retire()
    {
        IsRetired = true;
        _completion.TrySetResult();
    }

    public override void Close()
    {
        IsClosed = true;
        _completion.TrySetResult();
    }

    public void Say(string packet) => engine.OnPacketAsync(this, new((EnginePacketType)packet[0], System.Text.Encoding.UTF8.GetBytes(packet[1..]))).AsTask();

    public void Fail(string message) => engine.OnTransportError(this, new(message, EngineClientStage.Handshake) { Transport = name });

    public void Lose() => engine.OnTransportClosed(this, new("websocket connection closed", EngineClientStage.WebSocket) { Transport = name, CloseCode = 1006 });
}
