using System.Text;

namespace Load.Messages;

/// <summary>A WebSocket message, one of the parts of what the application sends. Where <see cref="SequenceNumber.Mark"/> stands in it, its number will stand.</summary>
internal readonly record struct Message(byte[] Payload, bool IsBinary)
{
    public static Message Text(string text) => new(Encoding.UTF8.GetBytes(text), IsBinary: false);

    public static Message Binary(byte[] bytes) => new(bytes, IsBinary: true);
}
