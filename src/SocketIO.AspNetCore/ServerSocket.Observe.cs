using SocketIO.AspNetCore.Diagnostics;
using SocketIO.Events;

namespace SocketIO.AspNetCore;

// A received event under observation: how long its handlers take, and an activity. Where nobody observes, nothing of this runs.
public sealed partial class ServerSocket
{
    private bool IsObserved => Server.Metrics.MeasuresHandlers || EventActivity.HasListeners;

    private async ValueTask HandleObservedAsync(EventInvocation invocation)
    {
        // 1. Clients choose names; those that the application listens to are few.
        var arguments = invocation.Arguments;
        var isKnown = Listeners?.Find(arguments) is not null || Namespace.SharedListeners?.Find(arguments) is not null;
        var name = isKnown ? arguments.Name : SocketIOMetrics.Other;

        // 2. The handlers.
        using var activity = EventActivity.HasListeners ? EventActivity.Start(this, name) : null;
        var start = Server.TimeProvider.GetTimestamp();
        await HandleAsync(invocation).ConfigureAwait(false);
        Server.Metrics.EventHandled(Namespace, name, Server.TimeProvider.GetElapsedTime(start));
    }
}
