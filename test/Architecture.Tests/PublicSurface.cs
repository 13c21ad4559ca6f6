using System.Reflection;
using System.Runtime.CompilerServices;

namespace Architecture.Tests;

/// <summary>What the libraries show.</summary>
internal static class PublicSurface
{
    private static readonly Type[] Types =
        [.. SourceTree.Projects.Select(Path.GetFileNameWithoutExtension).SelectMany(name => Assembly.Load(name!).GetExportedTypes())];

    /// <summary>Whether there is such a type (<c>ServerSocket</c>) or member (<c>ServerSocket.On</c>), be it an extension.</summary>
    public static bool Has(string name)
    {
        var parts = name.Split('.');
        var types = Types.Where(type => type.Name.Split('`')[0] == parts[0]).ToList();
        return parts.Length == 1 ? types.Count > 0 : types.Any(type => HasMember(type, parts[1]));
    }

    private static bool HasMember(Type type, string name) =>
        type.GetInterfaces().Prepend(type).Any(self => self.GetMember(name).Length > 0) ||
        Types.Where(other => other.IsDefined(typeof(ExtensionAttribute)))
            .SelectMany(other => other.GetMember(name, MemberTypes.Method, BindingFlags.Public | BindingFlags.Static).Cast<MethodInfo>())
            .Any(method => method.IsDefined(typeof(ExtensionAttribute)) && Extends(method.GetParameters()[0].ParameterType, type));

    private static bool Extends(Type parameter, Type type) =>
        parameter.IsGenericParameter
            ? parameter.GetGenericParameterConstraints().All(constraint => constraint.IsAssignableFrom(type))
            : parameter.IsAssignableFrom(type);
}
