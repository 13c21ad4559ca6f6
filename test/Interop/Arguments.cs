namespace Interop.Tests;

/// <summary>An argument with bytes inside.</summary>
internal sealed record Parcel(string Name, byte[] Content, Part[] Parts)
{
    public Parcel Reverse() => this with
    {
        Content = [.. Content.Reverse()],
        Parts = [.. Parts.Select(part => part with { Bytes = [.. part.Bytes.Reverse()] })],
    };
}

internal sealed record Part(string Label, byte[] Bytes);

internal sealed record Inner(byte[] Bytes);

internal sealed record Point(double X, string[] Tags);

internal sealed record Order(string Product, int Amount);
