namespace EngineIO.AspNetCore.Sending;

/// <summary>Tells a sender whether a transport has written its messages.</summary>
internal sealed class WriteReceipt() : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>The number of the group's last message, see <see cref="WriteReceipts"/>.</summary>
    public long Position { get; set; }
}
