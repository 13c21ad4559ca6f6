using System.Text.RegularExpressions;

namespace Parity;

/// <summary>Which tests name which id, read from the sources of the tests.</summary>
internal sealed partial class TestTraits
{
    private readonly Dictionary<string, SortedSet<string>> _tests = new(StringComparer.Ordinal);

    /// <summary>Reads every test below a folder.</summary>
    public TestTraits(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var parts = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar);
            if (parts.Any(part => part is "bin" or "obj" or "node_modules")) continue;
            if (file.EndsWith(".cs", StringComparison.Ordinal)) ReadFile(file);
            else if (file.EndsWith(".mjs", StringComparison.Ordinal)) ReadScript(file);
        }
    }

    /// <summary>All ids that a test names.</summary>
    public IReadOnlyCollection<string> Ids => _tests.Keys;

    /// <summary>The tests that name an id; a class stands for all of its tests.</summary>
    public IReadOnlyCollection<string> Of(string id) => _tests.TryGetValue(id, out var tests) ? tests : [];

    private void ReadFile(string file)
    {
        var pending = new List<string>();
        var type = "";
        foreach (var line in File.ReadLines(file))
        {
            foreach (Match trait in Trait().Matches(line)) pending.Add(trait.Groups[1].Value);
            foreach (Match row in Row().Matches(line)) pending.Add(row.Groups[1].Value);
            if (TypeDeclaration().Match(line) is { Success: true } declaration) Attach(type = declaration.Groups[1].Value);
            else if (MethodDeclaration().Match(line) is { Success: true } method) Attach($"{type}.{method.Groups[1].Value}");
        }

        if (pending.Count > 0) throw new FormatException($"{file}: no test follows {string.Join(", ", pending)}.");

        void Attach(string test)
        {
            foreach (var id in pending) Add(id, test);
            pending.Clear();
        }
    }

    private void ReadScript(string file)
    {
        foreach (Match check in Check().Matches(File.ReadAllText(file))) Add(check.Groups[1].Value, Path.GetFileName(file));
    }

    private void Add(string id, string test)
    {
        if (!_tests.TryGetValue(id, out var tests)) _tests.Add(id, tests = new(StringComparer.Ordinal));
        tests.Add(test);
    }

    [GeneratedRegex("""Trait\("(?:Spec|Behaviour)", "([^"]+)"\)""")]
    private static partial Regex Trait();

    // A row of data that begins with the id it is about.
    [GeneratedRegex("""InlineData\("([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)?-\d+)",""")]
    private static partial Regex Row();

    // A check of a script with a real client, whose name begins with the id.
    [GeneratedRegex("""["`]([A-Z0-9]+(?:-[A-Z0-9]+)?-\d+): """)]
    private static partial Regex Check();

    [GeneratedRegex(@"^(?:public|internal) [\w ]*\bclass (\w+)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^ +public [\w ]*?(?:void|Task|ValueTask) (\w+)[(<]")]
    private static partial Regex MethodDeclaration();
}
