using System.IO.Pipelines;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>A stream as pipes. Holds no buffer while it waits for data.</summary>
internal sealed class StreamPipes(Stream stream) : IDuplexPipe, IDisposable
{
    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

    /// <summary>Gives the buffers back; what is not flushed is forgotten.</summary>
    public void Dispose()
    {
        Input.Complete();
        Output.Complete();
    }
}
