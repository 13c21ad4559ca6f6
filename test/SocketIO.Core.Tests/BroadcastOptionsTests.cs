namespace SocketIO.Core.Tests;

public sealed class BroadcastOptionsTests
{
    [Fact]
    public void ATimeoutIsZeroOrMore()
    {
        var negative = TimeSpan.FromMilliseconds(-1);
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => new BroadcastOptions([], [], timeout: negative));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => BroadcastOptions.All.WithTimeout(negative));
        Assert.Equal(TimeSpan.Zero, new BroadcastOptions(["a"], [], timeout: TimeSpan.Zero).To("b").Timeout);
    }
}
