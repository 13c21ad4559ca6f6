using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Load.Running;

/// <summary>Which versions are installed.</summary>
internal static class Tool
{
    /// <summary>What the program answers to <c>--version</c>; null when it cannot be started.</summary>
    public static string? Version(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true });
            var version = process?.StandardOutput.ReadLine()?.TrimStart('v');
            process?.WaitForExit();
            return version;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The version of an npm package; null when it is not there.</summary>
    public static string? PackageVersion(string modules, string package)
    {
        var manifest = Path.Combine(modules, package, "package.json");
        if (!File.Exists(manifest)) return null;
        using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        return json.RootElement.GetProperty("version").GetString();
    }
}
