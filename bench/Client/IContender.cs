namespace Client;

/// <summary>A client library, used as its documentation says.</summary>
internal interface IContender : IAsyncDisposable
{
    Task ConnectAsync(Uri server, string transport);

    /// <summary>Sends a text and completes when it came back as an event.</summary>
    Task EchoAsync(string text);

    /// <summary>Sends a text and completes when it was acknowledged.</summary>
    Task AskAsync(string text);

    /// <summary>Sends bytes and completes when they came back as an event.</summary>
    Task BinaryAsync(byte[] bytes);
}
