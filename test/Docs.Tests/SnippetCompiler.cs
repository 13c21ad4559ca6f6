using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Docs.Tests;

/// <summary>Compiles a snippet as the program of a newcomer to a web project: a whole program, or statements among what the documents speak of (<c>io</c>, <c>manager</c>, <c>socket</c>,
/// <c>builder</c>, <c>app</c> …).</summary>
internal static class SnippetCompiler
{
    private const string CommonUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using System.Net.Http.Json;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using System.Text.RegularExpressions;
        global using EngineIO;
        global using SocketIO;
        global using static Ambient;
        """;

    private const string OfServer = """
        global using EngineIO.AspNetCore;
        global using SocketIO.AspNetCore;
        global using SocketIO.AspNetCore.Adapters;

        internal static class Ambient
        {
            public static WebApplicationBuilder builder = null!;
            public static WebApplication app = null!;
            public static SocketIOServer io = null!;
            public static ServerSocket socket = null!;
            public static SocketIOOptions options = null!;
            public static CancellationToken cancellationToken;
            public static string socketId = "", token = "", userId = "";
            public static byte[] bytes = [];
        }
        """;

    private const string OfClient = """
        global using EngineIO.Client;
        global using SocketIO.Client;

        internal static class Ambient
        {
            public static WebApplicationBuilder builder = null!;
            public static SocketManager manager = null!;
            public static ClientSocket socket = null!;
            public static CancellationToken cancellationToken;
            public static string token = "";
            public static byte[] bytes = [];
        }
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly SyntaxTree[] AroundServers = Parse(CommonUsings, OfServer);

    private static readonly SyntaxTree[] AroundClients = Parse(CommonUsings, OfClient);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>What the compiler holds against a snippet.</summary>
    public static IReadOnlyList<string> ErrorsOf(Snippet snippet)
    {
        var tree = CSharpSyntaxTree.ParseText(snippet.Code, ParseOptions);
        var compilation = CSharpCompilation.Create(
            "Snippet", [.. snippet.IsOfClient ? AroundClients : AroundServers, tree], References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return
        [
            .. compilation.GetDiagnostics()
                .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => $"{snippet.Document}:{snippet.Line + diagnostic.Location.GetLineSpan().StartLinePosition.Line} {diagnostic.GetMessage()}"),
        ];
    }

    private static SyntaxTree[] Parse(params string[] texts) => [.. texts.Select(static text => CSharpSyntaxTree.ParseText(text, ParseOptions))];
}
