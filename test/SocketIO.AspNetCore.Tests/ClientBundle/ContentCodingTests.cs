using SocketIO.AspNetCore.ClientBundle;

namespace SocketIO.AspNetCore.Tests.ClientBundle;

[Trait("Spec", "SRV-STAT-04")]
public sealed class ContentCodingTests
{
    // Each answer is what the reference's negotiator gives for the three codings that the server offers.
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("gzip, deflate, br", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "gzip")]
    [InlineData("br", "br")]
    [InlineData("*", "br")]
    [InlineData("*;q=0.5, gzip;q=0.4", "br")]
    [InlineData("gzip;q=0.5, deflate;q=0.5, br;q=0.1", "gzip")]
    [InlineData("identity", "")]
    [InlineData("identity, gzip;q=0.1", "gzip")]
    [InlineData("gzip;q=0", "")]
    [InlineData("GZIP", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("deflate, gzip;q=1.0", "deflate")]
    [InlineData("*, gzip", "gzip")]
    [InlineData("compress", "")]
    [InlineData("gzip ; q=0.2,deflate;q=0.3", "deflate")]
    [InlineData("gzip;q=x", "")]
    [InlineData("x;y=1, deflate;y=1;q=0.5", "deflate")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:58")]
    public void ChoosesAsTheReferenceDoes(string? acceptEncoding, string expected) =>
        Assert.Equal(expected, ContentCoding.Choose(acceptEncoding));
}
