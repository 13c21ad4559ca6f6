namespace Soak;

internal interface IEcho : IDisposable
{
    Task ConnectAsync(CancellationToken cancellationToken);

    Task EchoAsync(int number, CancellationToken cancellationToken);

    Task DisconnectAsync();
}
