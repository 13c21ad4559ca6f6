using Cli;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};
return await Tool.RunAsync(args, new Terminal(Console.In, Console.Out, Console.Error), interrupted.Token);
