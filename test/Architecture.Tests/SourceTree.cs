using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The project's sources, as they stand in the repository.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Projects { get; } = [.. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)];

    /// <summary>A project's source files.</summary>
    public static IEnumerable<string> FilesOf(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));
    }

    public static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(project).Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "FrameworkReference")
            .Select(element => Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value.Replace('\\', '/')));

    public static string RootNamespaceOf(string project) => XDocument.Load(project).Descendants("RootNamespace").Single().Value;

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // Deterministic builds map source paths; the assembly is always below the root.
        var folder = new DirectoryInfo(File.Exists(here) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SocketIO.slnx"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("SocketIO.slnx");
        return folder.FullName;
    }
}
