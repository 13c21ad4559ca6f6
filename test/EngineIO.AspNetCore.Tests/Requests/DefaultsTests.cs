namespace EngineIO.AspNetCore.Tests.Requests;

public sealed class DefaultsTests
{
    [Fact]
    [Trait("Spec", "PRO-TIM-01")]
    [Trait("Spec", "PRO-TIM-02")]
    [Trait("Spec", "PRO-TIM-04")]
    [Trait("Spec", "PRO-TIM-13")]
    [Trait("Spec", "SIO-LIM-01")]
    public void Options_begin_with_the_defaults_of_the_reference()
    {
        var options = new EngineOptions();

        Assert.Equal(TimeSpan.FromMilliseconds(25_000), options.PingInterval);
        Assert.Equal(TimeSpan.FromMilliseconds(20_000), options.PingTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(10_000), options.UpgradeTimeout);
        Assert.Equal(1_000_000, options.MaxHttpBufferSize);
        Assert.Equal(EngineTransports.All, options.Transports);
        Assert.True(options.AllowUpgrades);
        Assert.False(options.AllowEIO3);
        Assert.Equal(1024, options.HttpCompression?.Threshold);
        Assert.Null(options.PerMessageDeflate);
        Assert.Equal(1024, new PerMessageDeflateOptions().Threshold);
        Assert.Null(options.Cookie);
        Assert.Null(options.Cors);
        Assert.Null(options.AllowRequest);
        Assert.Null(options.InitialPacket);
        Assert.Equal("/engine.io", options.Path);
        Assert.True(options.AddTrailingSlash);
    }
}
