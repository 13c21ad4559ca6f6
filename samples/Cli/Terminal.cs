namespace Cli;

/// <summary>Where the tool reads and writes. Lines come out whole, from any thread; in colour where a person looks on.</summary>
internal sealed class Terminal(TextReader input, TextWriter output, TextWriter error)
{
    public const string Red = "31", Green = "32", Yellow = "33", Blue = "34", Magenta = "35", Cyan = "36", Grey = "90";

    private readonly Lock _gate = new();
    private readonly bool _isColored =
        output == Console.Out && !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public TextReader Input => input;

    /// <summary>A line with a label in front.</summary>
    /// <param name="color">The colour of the label.</param>
    /// <param name="label">What happened.</param>
    /// <param name="text">The details.</param>
    /// <param name="isAside">Whether it goes to the error stream, because the output belongs to a script.</param>
    public void Line(string color, string label, string text, bool isAside = false) =>
        Write(isAside ? error : output, $"{Paint(color, label.PadRight(12))} {text}".TrimEnd());

    public void Line(string text) => Write(output, text);

    public void Error(string text) => Write(error, Paint(Red, text));

    private string Paint(string color, string text) => _isColored ? $"\e[{color}m{text}\e[0m" : text;

    private void Write(TextWriter writer, string line)
    {
        lock (_gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }
}
