using System.Globalization;

namespace SocketIO.Redis.Recovery;

/// <summary>The id of an entry in a Redis stream: milliseconds, and a number among those of one millisecond. As the offset of an event it is its last argument.</summary>
internal readonly record struct StreamOffset(ulong Milliseconds, ulong Sequence) : IComparable<StreamOffset>
{
    /// <summary>Before the first entry.</summary>
    public static StreamOffset Zero => default;

    /// <summary>The least offset behind this one.</summary>
    public StreamOffset Next => Sequence == ulong.MaxValue ? new(Milliseconds + 1, 0) : new(Milliseconds, Sequence + 1);

    public static bool operator <(StreamOffset left, StreamOffset right) => left.CompareTo(right) < 0;

    public static bool operator >(StreamOffset left, StreamOffset right) => left.CompareTo(right) > 0;

    public static bool operator <=(StreamOffset left, StreamOffset right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamOffset left, StreamOffset right) => left.CompareTo(right) >= 0;

    public static StreamOffset Max(StreamOffset left, StreamOffset right) => left >= right ? left : right;

    /// <summary>Reads an offset as it may come from anybody: digits, a dash, digits.</summary>
    public static bool TryParse(string? text, out StreamOffset offset)
    {
        offset = default;
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash < 0) return false;
        if (!TryParse(text.AsSpan(0, dash), out var milliseconds) || !TryParse(text.AsSpan(dash + 1), out var sequence)) return false;
        offset = new(milliseconds, sequence);
        return true;
    }

    public int CompareTo(StreamOffset other) =>
        Milliseconds != other.Milliseconds ? Milliseconds.CompareTo(other.Milliseconds) : Sequence.CompareTo(other.Sequence);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");

    private static bool TryParse(ReadOnlySpan<char> text, out ulong value) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
