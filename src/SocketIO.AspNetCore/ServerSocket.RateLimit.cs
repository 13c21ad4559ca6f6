using SocketIO.AspNetCore.Internal;

namespace SocketIO.AspNetCore;

// Events that a rate limiter refuses never reach the queue.
public sealed partial class ServerSocket
{
    private readonly EventRateLimits? _rateLimits;

    private void RefuseEvent(in EventArguments arguments, Ack ack, TimeSpan? retryAfter)
    {
        var name = arguments.Name;
        LogRateLimited(_log, Namespace.Name);
        Server.Metrics.EventRateLimited(Namespace);
        RaiseError(new RateLimitExceededException(name, retryAfter));
        switch (Server.Options.RateLimitExceeded)
        {
            case RateLimitExceededPolicy.Disconnect:
                Close(new DisconnectInfo(DisconnectReasons.ServerNamespaceDisconnect, null), isFarewell: true);
                break;
            case RateLimitExceededPolicy.Acknowledge when ack.IsRequested:
                Observe(ack.SendAsync(EventRateLimits.Answer(retryAfter)));
                break;
        }
    }
}
