using Fuzz.Inputs;

namespace Fuzz;

/// <summary>A decoder, what it is fed with and what must hold.</summary>
public abstract class FuzzTarget
{
    // A thread allocates from a chunk, whose rest counts as well when a collection takes it away; large objects have chunks of their own.
    private const int Chunk = 8192;
    private const int LargeObject = 80_000;
    private const int LargeObjectChunk = 32_000;

    /// <summary>The messages of one case, the same for the same random numbers.</summary>
    public abstract FuzzMessage[] Next(FuzzInput input);

    /// <summary>Feeds the messages; whatever is thrown is a find.</summary>
    public abstract void Check(FuzzMessage[] messages);

    /// <summary>Runs <paramref name="work"/>, which may allocate <paramref name="limit"/> bytes and no more.</summary>
    protected static T Within<T>(long limit, Func<T> work)
    {
        limit += limit > LargeObject ? LargeObjectChunk : Chunk;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var result = work();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= limit, $"{allocated} bytes were allocated where {limit} are enough.");
        return result;
    }
}
