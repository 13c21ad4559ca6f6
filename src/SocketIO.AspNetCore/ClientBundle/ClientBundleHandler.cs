using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace SocketIO.AspNetCore.ClientBundle;

/// <summary>Serves the official browser bundle below the path of the server (SRV-STAT-01 to 08): <c>/socket.io/socket.io.js</c> and its variants.</summary>
/// <param name="path">The path of the server, without a trailing slash.</param>
internal sealed class ClientBundleHandler(string path)
{
    private static readonly FrozenDictionary<string, ClientBundleFile> Files = new[]
    {
        "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js",
        "socket.io.js.map", "socket.io.min.js.map", "socket.io.esm.min.js.map", "socket.io.msgpack.min.js.map",
    }.ToFrozenDictionary(name => name, name => new ClientBundleFile(name), StringComparer.Ordinal);

    /// <summary>The file that a request asks for; its query string does not matter.</summary>
    /// <returns>The file, or null when the request is for the engine.</returns>
    public ClientBundleFile? Find(HttpContext context)
    {
        var requested = context.Request.Path.Value ?? "";
        var slash = requested.LastIndexOf('/');
        // EndsWith, since a route group may put a prefix before the path.
        return slash >= 0 && requested.AsSpan(0, slash).EndsWith(path, StringComparison.Ordinal)
            ? Files.GetValueOrDefault(requested[(slash + 1)..])
            : null;
    }
}
