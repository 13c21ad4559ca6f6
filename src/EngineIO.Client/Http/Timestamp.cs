namespace EngineIO.Client.Http;

/// <summary>Values that keep caches from answering: eight characters, another for each request.</summary>
internal static class Timestamp
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int Length = 8;

    // Begins somewhere, so that two processes do not say the same.
    private static long s_last = BitConverter.ToInt64(Guid.NewGuid().ToByteArray(), 0) & long.MaxValue >> 8;

    public static string Next()
    {
        long value = Interlocked.Increment(ref s_last);
        var text = new char[Length];
        for (int i = Length - 1; i >= 0; i--, value /= Digits.Length) text[i] = Digits[(int)(value % Digits.Length)];
        return new(text);
    }
}
