namespace Docs.Tests;

/// <summary>The code that the documents show compiles against the library as it is.</summary>
public sealed class SnippetTests
{
    public static TheoryData<Snippet> Snippets => [.. Documents().SelectMany(static document => Snippet.In(Root, document))];

    private static string Root { get; } = FindRoot();

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_compiles(Snippet snippet) => Assert.Empty(SnippetCompiler.ErrorsOf(snippet));

    [Fact]
    public void Faulty_snippet_does_not() =>
        Assert.Single(SnippetCompiler.ErrorsOf(new("x.md", 10, "await io.EmitAsync(\"a\");\nawait io.EmitNothing();")), static error => error.StartsWith("x.md:11 ", StringComparison.Ordinal));

    private static IEnumerable<string> Documents()
    {
        yield return "README.md";
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Order(StringComparer.Ordinal))
            yield return Path.GetRelativePath(Root, file);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SocketIO.slnx"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("SocketIO.slnx");
        return folder.FullName;
    }
}
