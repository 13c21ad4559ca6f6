using EngineIO;
using EngineIO.Client;
using SocketIO.Parsing;

namespace SocketIO.Client.Internal;

/// <summary>One attempt of a manager to connect, and what came of it. The manager listens to the newest one alone.</summary>
internal sealed class Connection(SocketManager manager, EngineClient engine, bool isReconnection, bool isCalled) : IEngineClientHandler
{
    // The reading thread's.
    private DecoderState _decoder;

    public EngineClient Engine { get; } = engine;

    /// <summary>Whether it is an attempt of a series.</summary>
    public bool IsReconnection { get; } = isReconnection;

    /// <summary>Whether somebody waits for this very attempt, and does without a series.</summary>
    public bool IsCalled { get; } = isCalled;

    public void OnOpen(EngineClient engine) => manager.OnEngineOpen(this);

    public ValueTask OnMessageAsync(EngineClient engine, EngineMessage message) => manager.ReceiveAsync(this, message, ref _decoder);

    public void OnPing(EngineClient engine) => manager.OnEnginePing(this);

    public void OnClosed(EngineClient engine, string reason, EngineClientException? error) => manager.OnEngineClosed(this, reason, error);
}
