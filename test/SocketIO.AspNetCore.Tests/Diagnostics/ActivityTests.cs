using System.Collections.Concurrent;
using System.Diagnostics;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Diagnostics;

[Trait("Spec", "SRV-LOG-16")]
public sealed class ActivityTests
{
    [Fact]
    public async Task EachHandledEventIsATraceOfItsOwn()
    {
        string mark = "/" + Guid.NewGuid().ToString("N");
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "SocketIO.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("socketio.namespace"), mark)) activities.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var inside = new ConcurrentQueue<Activity?>();
        await using var server = await TestServer.StartAsync(io => io.Of(mark).OnConnection(socket =>
        {
            socket.On("good", async () =>
            {
                await Task.Yield();
                inside.Enqueue(Activity.Current);
            });
            socket.On("bad", async () =>
            {
                await Task.Yield();
                throw new InvalidOperationException("fault");
            });
        }));
        await using var client = await server.ConnectAsync(mark);
        await client.SendAsync($"42{mark},[\"good\"]");
        await client.SendAsync($"42{mark},[\"bad\"]");
        await Deadline.UntilAsync(() => activities.Count == 2, "two activities");

        var good = activities.First();
        Assert.Same(good, Assert.Single(inside));
        Assert.Equal($"{mark} good", good.DisplayName);
        Assert.Equal(ActivityKind.Server, good.Kind);
        Assert.Equal("good", good.GetTagItem("socketio.event"));
        Assert.Equal("websocket", good.GetTagItem("engineio.transport"));
        Assert.Equal(ActivityStatusCode.Unset, good.Status);
        Assert.Null(good.ParentId);

        var bad = activities.Last();
        Assert.Equal(ActivityStatusCode.Error, bad.Status);
        Assert.Equal("System.InvalidOperationException", bad.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(bad.Events).Name);
        Assert.NotEqual(good.TraceId, bad.TraceId);
    }
}
