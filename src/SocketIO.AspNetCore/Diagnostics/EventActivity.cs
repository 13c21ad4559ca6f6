using System.Diagnostics;

namespace SocketIO.AspNetCore.Diagnostics;

/// <summary>The activity of one received event, from <c>ActivitySource</c> "SocketIO.AspNetCore". It is the root of a trace of its own: the request under a WebSocket
/// lasts as long as the connection, and an event is no part of it.</summary>
internal static class EventActivity
{
    private static readonly ActivitySource Source = new(SocketIOMetrics.MeterName);

    public static bool HasListeners => Source.HasListeners();

    /// <summary>Starts an activity, which becomes the current one; null where nobody wants it. Call it in a method whose end restores the current one.</summary>
    public static Activity? Start(ServerSocket socket, string eventName)
    {
        Activity.Current = null;
        var activity = Source.StartActivity("SocketIO.Event", ActivityKind.Server);
        if (activity is null) return null;
        activity.DisplayName = $"{socket.Namespace.Name} {eventName}";
        activity.SetTag("socketio.namespace", socket.Namespace.Name);
        activity.SetTag("socketio.event", eventName);
        activity.SetTag("engineio.transport", socket.Connection.TransportName);
        return activity;
    }

    /// <summary>Records what a handler of the current event threw, if there is such an activity.</summary>
    public static void RecordError(Exception exception)
    {
        var activity = Activity.Current;
        // The handler may have begun others and not ended them.
        while (activity is not null && activity.Source != Source) activity = activity.Parent;
        if (activity is null) return;
        activity.SetStatus(ActivityStatusCode.Error, exception.Message);
        activity.SetTag("error.type", exception.GetType().FullName);
        var tags = new ActivityTagsCollection
        {
            ["exception.type"] = exception.GetType().FullName,
            ["exception.message"] = exception.Message,
            ["exception.stacktrace"] = exception.ToString(),
        };
        activity.AddEvent(new ActivityEvent("exception", tags: tags));
    }
}
