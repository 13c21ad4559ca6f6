using System.Text;

namespace Load.Messages;

internal static class WrongAnswer
{
    private const int Excerpt = 200;

    public static LoadException Create(int connection, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> received)
    {
        var same = expected.CommonPrefixLength(received);
        return new($"connection {connection}: wrong at byte {same} of {expected.Length}: expected {Text(expected)}, received {Text(received)}");
    }

    private static string Text(ReadOnlySpan<byte> bytes) => $"'{Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, Excerpt)])}'";
}
