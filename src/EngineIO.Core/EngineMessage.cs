using System.Text;

namespace EngineIO;

/// <summary>A message of the application: UTF-8 text or bytes, without any framing.</summary>
/// <param name="data">The content; UTF-8 where <paramref name="isBinary"/> is false.</param>
/// <param name="isBinary">Whether the message is binary.</param>
/// <remarks>A received message is a view of a receive buffer: it is valid until its handler's task completes, and a handler that keeps it
/// copies it.</remarks>
public readonly struct EngineMessage(ReadOnlyMemory<byte> data, bool isBinary)
{
    /// <summary>The content; UTF-8 where <see cref="IsBinary"/> is false.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;

    /// <summary>Whether the message is binary.</summary>
    public bool IsBinary { get; } = isBinary;

    /// <summary>The text of a text message.</summary>
    public override string ToString() => IsBinary ? $"<{Data.Length} bytes>" : Encoding.UTF8.GetString(Data.ToArray());
}
