using Microsoft.Extensions.DependencyInjection;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests;

/// <summary>What a client that polls makes of an engine that closes, while the host still listens: the same as of the reference's <c>io.engine.close()</c>.</summary>
[Trait("Spec", "EIO-POLL-24"), Trait("Spec", "SRV-CLOSE-02")]
public sealed class CloseTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APollIsAnsweredWhereItWaits(bool pending)
    {
        await using var server = await InteropServer.StartAsync();
        var io = server.Services.GetRequiredService<SocketIOServer>();
        await Script.RunAsync(
            "close.mjs",
            new Dictionary<string, object> { ["url"] = server.BaseAddress.OriginalString, ["client"] = 4, ["transports"] = "polling", ["pending"] = pending },
            async _ =>
            {
                await Deadline.UntilAsync(() => Assert.Single(io.Engine.Sessions).IsWritable, "the poll to wait");
                var closed = new TaskCompletionSource();
                if (!pending)
                {
                    // This poll is answered, and the next one comes too late.
                    io.Engine.Use(async (_, next) =>
                    {
                        await closed.Task;
                        await next();
                    });
                    await io.EmitAsync("last");
                }

                await io.Engine.CloseAsync();
                closed.SetResult();
            });
        Assert.Equal(0, io.Engine.ClientsCount);
    }
}
