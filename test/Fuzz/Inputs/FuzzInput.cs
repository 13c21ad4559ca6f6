using System.Text;

namespace Fuzz.Inputs;

/// <summary>The random numbers of one case, and bytes made of them: from a corpus by mutation, from a grammar, or from nothing.</summary>
public sealed class FuzzInput
{
    // Half a million bytes, now and then: what is not linear does not end in time.
    private const int Large = 500_000;

    public FuzzInput(int seed, long number)
    {
        Random = new Random(HashCode.Of(seed, number));
        IsLarge = number % 512 == 511;
    }

    public Random Random { get; }

    public bool IsLarge { get; }

    public T Pick<T>(IReadOnlyList<T> from) => from[Random.Next(from.Count)];

    public bool Chance(int oneIn) => Random.Next(oneIn) == 0;

    public byte[] Bytes(int most)
    {
        byte[] bytes = new byte[Random.Next(most + 1)];
        Random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A mutated entry of a corpus, or bytes of the alphabet; sometimes very long.</summary>
    public byte[] Mutate(IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> tokens)
    {
        var bytes = Chance(10) ? [.. Bytes(64)] : new List<byte>(Pick(corpus));
        for (int changes = Random.Next(1, 5); changes > 0; changes--) Change(bytes, corpus, tokens);
        if (IsLarge) Grow(bytes, tokens);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> tokens)
    {
        int at = Random.Next(bytes.Count + 1);
        int rest = bytes.Count - at;
        switch (Random.Next(9))
        {
            case 0 when rest > 0: bytes[at] ^= (byte)(1 << Random.Next(8)); break;
            case 1 when rest > 0: bytes[at] = (byte)Random.Next(256); break;
            case 2 when rest > 0: bytes.RemoveRange(at, Random.Next(1, Math.Min(rest, 16) + 1)); break;
            case 3 when rest > 0: bytes.InsertRange(at, bytes.GetRange(at, Random.Next(1, Math.Min(rest, 64) + 1))); break;
            case 4 when rest > 0: bytes.RemoveRange(at, rest); break;
            case 5:
                byte[] other = Pick(corpus);
                bytes.InsertRange(at, other[Random.Next(other.Length + 1)..]);
                break;
            case 6: bytes.InsertRange(at, Bytes(8)); break;
            default: bytes.InsertRange(at, Pick(tokens)); break;
        }
    }

    private void Grow(List<byte> bytes, IReadOnlyList<byte[]> tokens)
    {
        int at = Random.Next(bytes.Count + 1);
        byte[] unit = Chance(2) || bytes.Count == 0 ? Pick(tokens) : [.. bytes];
        if (unit.Length == 0) unit = [0];
        byte[] run = new byte[Large / unit.Length * unit.Length];
        for (int i = 0; i < run.Length; i += unit.Length) unit.CopyTo(run, i);
        bytes.InsertRange(at, run);
    }

    public static byte[][] Utf8(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static class HashCode
    {
        /// <summary>The same in every process, unlike the framework's.</summary>
        public static int Of(int seed, long number)
        {
            ulong mixed = ((ulong)(uint)seed << 32 ^ (ulong)number) * 0x9E3779B97F4A7C15;
            mixed ^= mixed >> 29;
            return (int)(mixed * 0xBF58476D1CE4E5B9 >> 32);
        }
    }
}
