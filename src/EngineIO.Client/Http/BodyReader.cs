using System.Text;

namespace EngineIO.Client.Http;

/// <summary>Reads the bodies of answers, within a limit.</summary>
internal static class BodyReader
{
    private const int ErrorBody = 1024;
    private const int FirstBlock = 4096;

    /// <summary>Reads a body to its end, into memory that the caller gives back.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The body is longer.</exception>
    public static async Task<PooledWriter> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength is { } length && length > limit) throw TooLong(limit);
        var body = new PooledWriter(FirstBlock);
        try
        {
            using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int count;
            while ((count = await stream.ReadAsync(body.GetMemory(), cancellationToken).ConfigureAwait(false)) > 0)
            {
                body.Advance(count);
                if (body.Length > limit) throw TooLong(limit);
            }

            return body;
        }
        catch
        {
            // A read that was cancelled may still write to it.
            body.Forget();
            throw;
        }
    }

    /// <summary>The beginning of the body of an answer that tells of an error; null where there is none to read.</summary>
    public static async Task<string?> ReadErrorAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null) return null;
        try
        {
            var body = new byte[ErrorBody];
            int length = 0, count;
            using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (length < body.Length && (count = await stream.ReadAsync(body.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0) length += count;
            return Encoding.UTF8.GetString(body, 0, length);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static InvalidDataException TooLong(int limit) => new($"The server's answer is longer than {limit} bytes (option MaxMessageSize).");
}
