using System.Buffers;
using System.Runtime.InteropServices;
using EngineIO.AspNetCore.Sending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EngineIO.AspNetCore.Transports;

internal sealed partial class PollingTransport
{
    private async ValueTask<bool> AnswerAsync(PendingPoll poll, List<OutgoingPacket> batch)
    {
        try
        {
            var body = new ArrayBufferWriter<byte>(EstimateSize(batch));
            var isBinary = Encode(batch, body);
            await WriteAnswerAsync(poll.Request, body.WrittenMemory, isBinary, CompressionWanted(batch));
            return true;
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // The client left while it was being answered.
            Session.OnTransportError(this, new EngineTransportException("poll connection closed prematurely", error));
            return false;
        }
        finally
        {
            poll.Complete();
        }
    }

    private bool Encode(List<OutgoingPacket> batch, ArrayBufferWriter<byte> body)
    {
        var frames = ArrayPool<EngineFrame>.Shared.Rent(batch.Count);
        for (var i = 0; i < batch.Count; i++) frames[i] = batch[i].Frame;
        var isBinary = Codec.EncodePayload(frames.AsSpan(0, batch.Count), SupportsBinary, body);
        ArrayPool<EngineFrame>.Shared.Return(frames, clearArray: true);
        return isBinary;
    }

    private async Task WriteAnswerAsync(EngineRequest request, ReadOnlyMemory<byte> body, bool isBinary, bool compress)
    {
        var response = request.HttpContext.Response;
        Log.Writing(_logger, new(body, isBinary));
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = isBinary ? "application/octet-stream" : "text/plain; charset=UTF-8";
        var encoding = compress ? PollingCompression.Choose(_server.Options.HttpCompression, body.Length, request.HttpContext) : null;
        if (encoding is null) response.ContentLength = body.Length;
        else response.Headers.ContentEncoding = encoding;
        WriteCommonHeaders(request, response);
        request.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (encoding is null) await response.Body.WriteAsync(body);
        else await CompressAsync(response, body, encoding);
        await response.CompleteAsync();
    }

    private Task CompressAsync(HttpResponse response, ReadOnlyMemory<byte> body, string encoding)
    {
        Log.Compressing(_logger);
        return PollingCompression.WriteAsync(response.Body, body, encoding, _server.Options.HttpCompression!.Level);
    }

    private void WriteCommonHeaders(EngineRequest request, HttpResponse response)
    {
        // Internet Explorer takes payloads for cross-site scripts.
        var userAgent = request.UserAgent;
        if (userAgent is not null && (userAgent.Contains(";MSIE", StringComparison.Ordinal) || userAgent.Contains("Trident/", StringComparison.Ordinal)))
            response.Headers.XXSSProtection = "0";
        response.Headers.CacheControl = "no-store";
        _server.WriteHookedHeaders(request, Session.Id, withCookie: true);
    }

    private static bool CompressionWanted(List<OutgoingPacket> batch)
    {
        foreach (ref readonly var packet in CollectionsMarshal.AsSpan(batch))
        {
            if (packet.Compress) return true;
        }

        return false;
    }

    private static int EstimateSize(List<OutgoingPacket> batch)
    {
        var size = 0;
        foreach (ref readonly var packet in CollectionsMarshal.AsSpan(batch)) size += packet.Frame.Bytes.Length + 8;
        return size;
    }
}
