namespace SocketIO.Events;

/// <summary>Sends what a handler returns as the acknowledgement.</summary>
internal static class Answer
{
    internal static ValueTask SendAsync<T>(ValueTask<T> result, in EventInvocation invocation) =>
        result.IsCompletedSuccessfully ? invocation.FleetingAck.SendAsync(result.GetAwaiter().GetResult()) : AwaitAsync(result, invocation.Ack);

    private static async ValueTask AwaitAsync<T>(ValueTask<T> result, Ack ack) =>
        await ack.SendAsync(await result.ConfigureAwait(false)).ConfigureAwait(false);
}
