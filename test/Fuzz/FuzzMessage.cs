using System.Text;

namespace Fuzz;

/// <summary>One message of a case: what a transport hands to a decoder.</summary>
public readonly record struct FuzzMessage(byte[] Data, bool IsBinary = false)
{
    public static FuzzMessage Text(string text) => new(Encoding.UTF8.GetBytes(text));

    public override string ToString() =>
        $"{(IsBinary ? "binary" : "text")} ({Data.Length} bytes) {Convert.ToHexString(Data.AsSpan(0, Math.Min(Data.Length, 2000)))} "
        + $"\"{Encoding.UTF8.GetString(Data, 0, Math.Min(Data.Length, 300))}\"";
}
