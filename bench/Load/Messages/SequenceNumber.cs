using System.Globalization;
using System.Text;

namespace Load.Messages;

/// <summary>The decimal number of a message, of nine digits, of which the first is never 0: an acknowledgement's id does not begin with zeros.</summary>
internal sealed class SequenceNumber
{
    public const int Length = 9;
    public const int First = 100_000_000;

    private readonly byte[] _digits = Encoding.ASCII.GetBytes(First.ToString(CultureInfo.InvariantCulture));

    /// <summary>Stands in a template for the number.</summary>
    public static ReadOnlySpan<byte> Mark => "#########"u8;

    /// <summary>As <see cref="Mark"/>, in what is encoded in Base64; the mark is at a multiple of three bytes there.</summary>
    public static ReadOnlySpan<byte> MarkInBase64 => "IyMjIyMjIyMj"u8;

    public ReadOnlySpan<byte> Digits => _digits;

    public void Increment()
    {
        var i = _digits.Length - 1;
        while (_digits[i] == '9') _digits[i--] = (byte)'0';
        _digits[i]++;
    }
}
