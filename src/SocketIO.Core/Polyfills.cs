using System.Text;

namespace SocketIO;

/// <summary>What netstandard2.0 lacks.</summary>
internal static class Polyfills
{
    internal static string Utf8ToString(ReadOnlySpan<byte> utf8)
    {
#if NETSTANDARD2_0
        return Encoding.UTF8.GetString(utf8.ToArray());
#else
        return Encoding.UTF8.GetString(utf8);
#endif
    }
}
