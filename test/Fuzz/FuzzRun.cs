using Fuzz.Inputs;

namespace Fuzz;

/// <summary>Feeds a target with case after case until its time is over, on a thread that is watched.</summary>
public sealed class FuzzRun(FuzzTarget target)
{
    // A million times what a linear decoder needs for the largest input: only a loop or quadratic work takes longer.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private FuzzMessage[] _current = [];
    private long _case;

    private string Where => $"FUZZ_SEED={FuzzSettings.Seed} FUZZ_CASE={_case} of {target.GetType().Name}";

    public async Task RunAsync(TimeSpan time, ITestOutputHelper output)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long start = TimeProvider.System.GetTimestamp();
        var thread = new Thread(() =>
        {
            try
            {
                if (FuzzSettings.OnlyCase is { } only) Run(only);
                else for (long i = 0; TimeProvider.System.GetElapsedTime(start) < time; i++) Run(i);
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        })
        { IsBackground = true };
        thread.Start();

        for (long last = -1; !done.Task.IsCompleted; last = Volatile.Read(ref _case))
        {
            if (await Task.WhenAny(done.Task, Task.Delay(s_patience)) == done.Task || Volatile.Read(ref _case) != last) continue;
            Assert.Fail($"No end after {s_patience}: {Where}\n{string.Join('\n', Volatile.Read(ref _current))}");
        }

        await done.Task;
        output.WriteLine($"{_case + 1} cases of {target.GetType().Name}, FUZZ_SEED={FuzzSettings.Seed}");
    }

    private void Run(long number)
    {
        Volatile.Write(ref _case, number);
        var messages = target.Next(new FuzzInput(FuzzSettings.Seed, number));
        Volatile.Write(ref _current, messages);
        if (Failure(messages) is not { } error) return;
        var smallest = Shrinker.Shrink(messages, candidate => Failure(candidate)?.GetType() == error.GetType());
        throw new FuzzException($"{Where}\n{string.Join('\n', smallest)}\n{Failure(smallest) ?? error}");
    }

    private Exception? Failure(FuzzMessage[] messages)
    {
        try
        {
            // A decoder may work in place: it gets bytes of its own.
            target.Check([.. messages.Select(message => message with { Data = [.. message.Data] })]);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
