namespace SocketIO.Client.Internal;

/// <summary>Runs whatever the application is to see, one thing at a time and in order: on the thread pool, or on the application's own context. Nothing waits for a
/// handler's task here: only what a handler does before its first wait is done before the next thing.</summary>
/// <remarks>Thread-safe. What is posted should not throw; where it does all the same, that is reported: on the thread pool it would end the process.</remarks>
internal sealed class Dispatcher(SynchronizationContext? context, Action<Exception> onError)
#if NET
    : IThreadPoolWorkItem
#endif
{
    // A user interface gets its turn in between.
    private const int MaxWorksPerTurn = 64;

    private readonly object _gate = new();
    private readonly Queue<Work> _works = new();
    private TaskCompletionSource<bool>? _idle;
    private bool _isRunning;

    /// <summary>How much waits.</summary>
    public int Backlog
    {
        get
        {
            lock (_gate) return _works.Count;
        }
    }

    /// <summary>Appends something to do. Safe under any lock: it runs on another thread.</summary>
    public void Post(Action<object, object?> work, object target, object? argument = null)
    {
        lock (_gate)
        {
            _works.Enqueue(new Work(work, target, argument));
            if (_isRunning) return;
            _isRunning = true;
        }

        Schedule();
    }

    /// <summary>A task that completes once everything that was posted has run.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (!_isRunning) return Task.CompletedTask;
            return (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

#if NET
    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    void IThreadPoolWorkItem.Execute() => Enter();
#else
    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(static dispatcher => ((Dispatcher)dispatcher).Enter(), this);
#endif

    // The context is entered from here and never by who posts: one that runs things at once would run them under the poster's lock.
    private void Enter()
    {
        if (context is null)
        {
            Run();
            return;
        }

        try
        {
            context.Post(static dispatcher => ((Dispatcher)dispatcher!).Run(), this);
        }
        catch (Exception error)
        {
            // A window that is closed, with the thread on which all this was to be seen.
            Drop();
            onError(error);
        }
    }

    private void Drop()
    {
        TaskCompletionSource<bool>? idle;
        lock (_gate)
        {
            _works.Clear();
            _isRunning = false;
            (idle, _idle) = (_idle, null);
        }

        idle?.TrySetResult(true);
    }

    private void Run()
    {
        for (var done = 0; ; done++)
        {
            Work work;
            TaskCompletionSource<bool>? idle = null;
            lock (_gate)
            {
                if (_works.Count == 0)
                {
                    _isRunning = false;
                    idle = _idle;
                    _idle = null;
                    work = default;
                }
                else if (context is not null && done == MaxWorksPerTurn)
                {
                    break;
                }
                else
                {
                    work = _works.Dequeue();
                }
            }

            if (work.Run is null)
            {
                idle?.TrySetResult(true);
                return;
            }

            try
            {
                work.Run(work.Target, work.Argument);
            }
            catch (Exception error)
            {
                onError(error);
            }
        }

        Schedule();
    }

    private readonly struct Work(Action<object, object?> run, object target, object? argument)
    {
        public Action<object, object?>? Run { get; } = run;

        public object Target { get; } = target;

        public object? Argument { get; } = argument;
    }
}
