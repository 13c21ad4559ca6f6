using System.Threading.Channels;
using TestKit;

namespace Cli.Tests;

/// <summary>A run of the tool in this process: what it is told line by line, and what it says.</summary>
internal sealed class Run : IAsyncDisposable
{
    private readonly CancellationTokenSource _interrupted = new();
    private readonly LineReader _input = new();
    private readonly LineWriter _output = new();
    private readonly LineWriter _error = new();

    private Run(string[] args) => Exit = Tool.RunAsync(args, new Terminal(_input, _output, _error), _interrupted.Token);

    public Task<int> Exit { get; }

    public Trace Output => _output.Lines;

    public Trace Error => _error.Lines;

    public string Text => string.Join('\n', Output.Lines);

    public static Run Start(params string[] args) => new(args);

    /// <summary>Runs until the end.</summary>
    public static async Task<(int Code, string Output, string Error)> ToEndAsync(params string[] args)
    {
        await using var run = new Run(args);
        run.EndInput();
        var code = await run.Exit.WithDeadline("the tool to end", TimeSpan.FromSeconds(30));
        return (code, run.Text, string.Join('\n', run.Error.Lines));
    }

    public void Type(string line) => _input.Lines.Writer.TryWrite(line);

    public void EndInput() => _input.Lines.Writer.TryComplete();

    public void Interrupt() => _interrupted.Cancel();

    /// <summary>Waits for a line that holds a text.</summary>
    public Task UntilAsync(string text) => Deadline.UntilAsync(() => Output.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)), $"\"{text}\" in:\n{Text}");

    public async ValueTask DisposeAsync()
    {
        await _interrupted.CancelAsync();
        await Exit.WithDeadline("the tool to end");
        _interrupted.Dispose();
    }

    private sealed class LineReader : TextReader
    {
        public Channel<string> Lines { get; } = Channel.CreateUnbounded<string>();

        public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) =>
            await Lines.Reader.WaitToReadAsync(cancellationToken) && Lines.Reader.TryRead(out var line) ? line : null;
    }

    private sealed class LineWriter : StringWriter
    {
        public Trace Lines { get; } = new();

        public override void WriteLine(string? value) => Lines.Add(value ?? "");
    }
}
