using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>The rules of the house (CONTRIBUTING.md) that a compiler does not hold.</summary>
public sealed partial class HouseRuleTests
{
    private const int LongestFile = 400;

    [Fact]
    public void Engine_projects_know_nothing_of_socket_projects()
    {
        foreach (var project in SourceTree.Projects.Where(project => NameOf(project).StartsWith("EngineIO.", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(SourceTree.ReferencesOf(project), reference => reference.StartsWith("SocketIO.", StringComparison.Ordinal));
            Assert.DoesNotContain("SocketIO", string.Concat(SourceTree.FilesOf(project).SelectMany(file => UsingDirective().Matches(File.ReadAllText(file))).Select(match => match.Value)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Core_projects_stand_on_core_projects_alone()
    {
        foreach (var project in SourceTree.Projects.Where(project => project.EndsWith(".Core.csproj", StringComparison.Ordinal)))
            Assert.All(SourceTree.ReferencesOf(project), reference => Assert.EndsWith(".Core", reference, StringComparison.Ordinal));
    }

    [Fact]
    public void A_namespace_is_a_folder()
    {
        var strays = new List<string>();
        foreach (var (project, file) in Files())
        {
            var match = NamespaceDeclaration().Match(File.ReadAllText(file));
            // Extension methods live where their users look: in the host's namespaces.
            if (!match.Success || match.Groups[1].Value.StartsWith("Microsoft.", StringComparison.Ordinal) || match.Groups[1].Value.StartsWith("System", StringComparison.Ordinal)) continue;
            var folder = Path.GetRelativePath(Path.GetDirectoryName(project)!, Path.GetDirectoryName(file)!);
            var root = SourceTree.RootNamespaceOf(project);
            var expected = folder == "." ? root : $"{root}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
            if (match.Groups[1].Value != expected) strays.Add($"{file}: {match.Groups[1].Value}, not {expected}");
        }

        Assert.Empty(strays);
    }

    [Fact]
    public void A_file_holds_one_public_type_and_bears_its_name()
    {
        var strays = new List<string>();
        foreach (var (_, file) in Files())
        {
            var types = PublicType().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Distinct().ToList();
            var name = Path.GetFileName(file).Split('.')[0];
            if (types.Count > 1 || (types.Count == 1 && types[0] != name)) strays.Add($"{file}: {string.Join(", ", types)}");
        }

        Assert.Empty(strays);
    }

    [Fact]
    public void No_type_bears_the_name_of_a_namespace()
    {
        var files = Files().Select(pair => File.ReadAllText(pair.File)).ToList();
        var names = files.Select(text => NamespaceDeclaration().Match(text).Groups[1].Value).SelectMany(name => name.Split('.')).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(files.SelectMany(text => PublicType().Matches(text)).Select(match => match.Groups[1].Value), names.Contains);
    }

    [Fact]
    public void No_file_is_too_long() =>
        Assert.DoesNotContain(Files().Select(pair => (pair.File, Lines: File.ReadLines(pair.File).Count())), file => file.Lines > LongestFile);

    private static IEnumerable<(string Project, string File)> Files() =>
        SourceTree.Projects.SelectMany(project => SourceTree.FilesOf(project).Select(file => (project, file)));

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    [GeneratedRegex(@"^(?:global )?using .*;", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|partial|readonly|ref) )*(?:class|struct|interface|enum|record struct|record|delegate [\w<>?]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
