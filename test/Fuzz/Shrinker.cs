namespace Fuzz;

/// <summary>Takes away from a failing case what it does not need.</summary>
public static class Shrinker
{
    private const int MaxAttempts = 3000;

    public static FuzzMessage[] Shrink(FuzzMessage[] messages, Func<FuzzMessage[], bool> fails)
    {
        int attempts = 0;
        bool isSmaller;
        do
        {
            isSmaller = false;
            foreach (var candidate in Candidates(messages))
            {
                if (++attempts > MaxAttempts) return messages;
                if (!fails(candidate)) continue;
                messages = candidate;
                isSmaller = true;
                break;
            }
        }
        while (isSmaller);

        return messages;
    }

    private static IEnumerable<FuzzMessage[]> Candidates(FuzzMessage[] messages)
    {
        for (int i = 0; i < messages.Length; i++) yield return [.. messages[..i], .. messages[(i + 1)..]];
        for (int i = 0; i < messages.Length; i++)
        {
            byte[] data = messages[i].Data;
            for (int length = data.Length / 2; length > 0; length /= 2)
            {
                for (int start = 0; start + length <= data.Length; start += length)
                    yield return [.. messages[..i], messages[i] with { Data = [.. data[..start], .. data[(start + length)..]] }, .. messages[(i + 1)..]];
            }
        }
    }
}
