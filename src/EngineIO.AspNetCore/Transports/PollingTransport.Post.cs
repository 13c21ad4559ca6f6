using System.Buffers;
using EngineIO.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace EngineIO.AspNetCore.Transports;

internal sealed partial class PollingTransport
{
    private const int InitialBodySize = 1024;

    // What is announced takes memory when it comes.
    private const int LargestInitialBodySize = 32 * 1024;

    private static readonly TimeSpan OvertakenPollPatience = TimeSpan.FromMilliseconds(50);

    private static readonly ReadOnlyMemory<byte> Ok = "ok"u8.ToArray();

    private async Task PostAsync(EngineRequest request)
    {
        var context = request.HttpContext;
        if (!TryBeginPost(context))
        {
            // Closing the session aborts the request that came first.
            Session.OnTransportError(this, new EngineTransportException("data request overlap from client"));
            RefusalAnswer.WriteEmpty(context, StatusCodes.Status400BadRequest);
            return;
        }

        byte[]? body = null;
        try
        {
            var isBinary = context.Request.ContentType == "application/octet-stream";
            if (isBinary && Session.Revision == EngineRevision.V4)
            {
                EndReading();
                Session.OnTransportError(this, new EngineTransportException("invalid content"));
                RefusalAnswer.WriteEmpty(context, StatusCodes.Status400BadRequest);
                return;
            }

            (body, var length) = await ReadBodyAsync(context);
            EndReading();
            if (length > _server.Options.MaxHttpBufferSize)
            {
                RefusalAnswer.WriteEmpty(context, StatusCodes.Status413PayloadTooLarge);
                return;
            }

            Log.Received(_logger, new(body.AsMemory(0, length), isBinary));
            await DeliverAsync(body.AsMemory(0, length), isBinary);
            EndPost();
            await WriteOkAsync(request);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException)
        {
            Session.OnTransportError(this, new EngineTransportException("data request connection closed prematurely", error));
        }
        finally
        {
            EndPost();
            if (body is not null) ArrayPool<byte>.Shared.Return(body);
        }

        bool TryBeginPost(HttpContext post)
        {
            lock (Session.Gate)
            {
                // Closed since the request was verified: nothing would end the wait for its body.
                if (_post is not null || _isClosed) return false;
                (_post, _postIsWhole) = (post, false);
                return true;
            }
        }

        // A request that is whole is not aborted with the session: it still gets its answer. A second one is an overlap until its packets are taken.
        void EndReading()
        {
            lock (Session.Gate)
            {
                if (_post == context) _postIsWhole = true;
            }
        }

        void EndPost()
        {
            lock (Session.Gate)
            {
                if (_post == context) _post = null;
            }
        }
    }

    private async Task<(byte[] Body, int Length)> ReadBodyAsync(HttpContext context)
    {
        var limit = _server.Options.MaxHttpBufferSize;
        var announced = context.Request.ContentLength;
        if (announced > limit) return (ArrayPool<byte>.Shared.Rent(1), limit + 1);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(announced ?? InitialBodySize, LargestInitialBodySize) + 1);
        var length = 0;
        try
        {
            while (length <= limit)
            {
                if (length == buffer.Length) Grow(ref buffer, length, limit);
                var read = await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted);
                if (read == 0) break;
                length += read;
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        return (buffer, length);
    }

    private static void Grow(ref byte[] buffer, int length, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * length, limit + 1L));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private async Task DeliverAsync(Memory<byte> body, bool isBinary)
    {
        var packets = new List<EnginePacket>();
        var error = Codec.DecodePayload(body, isBinary, _server.Options.MaxPacketsPerPayload, packets);
        foreach (var packet in packets)
        {
            if (packet.Type == EnginePacketType.Close)
            {
                Log.GotClose(_logger);
                await AwaitOvertakenPollAsync();
                AnswerPending(EngineFrame.Noop);
                Session.OnTransportClosed(this);
                return;
            }

            await Session.OnPacketAsync(this, packet);
        }

        if (error != PacketError.None) Session.OnMalformedPacket(this);
        Session.OnReadCompleted(this);
    }

    /// <summary>A GET that was sent before the close may come a moment after it, on a connection of its own. It gets that moment, and its answer.</summary>
    private async Task AwaitOvertakenPollAsync()
    {
        TaskCompletionSource arrival;
        lock (Session.Gate)
        {
            if (_poll is not null) return;
            arrival = _pollArrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await Task.WhenAny(arrival.Task, Task.Delay(OvertakenPollPatience, _server.Time));
    }

    private async Task WriteOkAsync(EngineRequest request)
    {
        var response = request.HttpContext.Response;
        response.ContentType = "text/html";
        response.ContentLength = Ok.Length;
        WriteCommonHeaders(request, response);
        await response.Body.WriteAsync(Ok);
    }
}
