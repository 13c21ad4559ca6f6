using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace SocketIO.Json;

/// <summary>The converters of the types that hold bytes.</summary>
internal static class BinaryConverters
{
    internal static JsonConverter<ArraySegment<byte>> ArraySegment { get; } = new OfArraySegment();

    internal static IEnumerable<JsonConverter> All { get; } = [new OfArray(), new OfMemory(), new OfReadOnlyMemory(), ArraySegment];

    /// <summary>The array that a memory is; a copy where it is only a part of one.</summary>
    private static byte[] AsArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : bytes.ToArray();

    private sealed class OfArray : BinaryConverter<byte[]>
    {
        private protected override ReadOnlyMemory<byte> ToMemory(byte[] value) => value;

        private protected override byte[] FromMemory(ReadOnlyMemory<byte> bytes) => AsArray(bytes);

        private protected override byte[] FromArray(byte[] bytes) => bytes;
    }

    private sealed class OfMemory : BinaryConverter<Memory<byte>>
    {
        private protected override ReadOnlyMemory<byte> ToMemory(Memory<byte> value) => value;

        private protected override Memory<byte> FromMemory(ReadOnlyMemory<byte> bytes) => AsArray(bytes);

        private protected override Memory<byte> FromArray(byte[] bytes) => bytes;
    }

    private sealed class OfReadOnlyMemory : BinaryConverter<ReadOnlyMemory<byte>>
    {
        private protected override ReadOnlyMemory<byte> ToMemory(ReadOnlyMemory<byte> value) => value;

        private protected override ReadOnlyMemory<byte> FromMemory(ReadOnlyMemory<byte> bytes) => bytes;

        private protected override ReadOnlyMemory<byte> FromArray(byte[] bytes) => bytes;
    }

    private sealed class OfArraySegment : BinaryConverter<ArraySegment<byte>>
    {
        private protected override ReadOnlyMemory<byte> ToMemory(ArraySegment<byte> value) => value;

        private protected override ArraySegment<byte> FromMemory(ReadOnlyMemory<byte> bytes) => new(AsArray(bytes));

        private protected override ArraySegment<byte> FromArray(byte[] bytes) => new(bytes);
    }
}
