using System.Globalization;
using System.Text.Json;
using EngineIO;
using SocketIO.Client;
using SocketIO.MessagePack;

namespace Cli;

/// <summary>What stands on the command line.</summary>
internal sealed class Settings
{
    private Settings(Uri url) => Url = url;

    public Uri Url { get; }

    public string Namespace { get; private set; } = "/";

    public string Path { get; private set; } = "/socket.io";

    public JsonElement? Auth { get; private set; }

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public List<KeyValuePair<string, string>> Query { get; } = [];

    public string[] Transports { get; private set; } = ["polling", "websocket"];

    public bool IsMessagePack { get; private set; }

    public bool IsInsecure { get; private set; }

    public EngineRevision Revision { get; private set; } = EngineRevision.V4;

    public TimeSpan Timeout { get; private set; } = TimeSpan.FromSeconds(10);

    public string? Once { get; private set; }

    public string? Origin { get; private set; }

    public bool IsQuick { get; private set; }

    /// <exception cref="UsageException">Something is missing, unknown or wrong.</exception>
    public static Settings Parse(ReadOnlySpan<string> args)
    {
        Settings? settings = null;
        var later = new List<Action<Settings>>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith('-'))
            {
                settings = settings is null ? new Settings(ParseUrl(args[i])) : throw new UsageException($"One URL is enough: {args[i]}");
                continue;
            }

            var name = args[i];
            if (name is "--insecure" or "--quick")
            {
                later.Add(name == "--quick" ? s => s.IsQuick = true : s => s.IsInsecure = true);
                continue;
            }

            var value = ++i < args.Length ? args[i] : throw new UsageException($"{name} wants a value.");
            later.Add(s => s.Set(name, value));
        }

        if (settings is null) throw new UsageException("Which URL?");
        settings.Namespace = Uri.UnescapeDataString(settings.Url.AbsolutePath);
        foreach (var set in later) set(settings);
        return settings;
    }

    /// <summary>Options for the client; each call gives new ones.</summary>
    public SocketManagerOptions CreateOptions()
    {
        var options = new SocketManagerOptions
        {
            Path = Path,
            Transports = Transports,
            Revision = Revision,
            ConnectTimeout = Timeout,
            DangerousAcceptAnyServerCertificate = IsInsecure,
            Parser = IsMessagePack ? new MessagePackPacketParser() : null,
            Socket = new ClientSocketOptions { Auth = Auth },
        };
        foreach (var (name, value) in Headers) options.ExtraHeaders[name] = value;
        foreach (var (name, value) in Query) options.Query[name] = value;
        return options;
    }

    private static Uri ParseUrl(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https" or "ws" or "wss" && url.Host.Length > 0
            ? new UriBuilder(url) { Scheme = url.Scheme.Replace("ws", "http", StringComparison.Ordinal), Port = url.Port }.Uri
            : throw new UsageException($"\"{text}\" is no URL of a server: write http://host:port or https://host.");

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "-n" or "--namespace":
                Namespace = value.StartsWith('/') ? value : "/" + value;
                break;
            case "--path":
                Path = value.StartsWith('/') ? value : "/" + value;
                break;
            case "--auth":
                Auth = ParseAuth(value);
                break;
            case "--header":
                Headers.Add(Pair(name, value, ':'));
                break;
            case "--query":
                Query.Add(Pair(name, value, '='));
                break;
            case "--transport" or "--transports":
                Transports = value.Split(',', StringSplitOptions.TrimEntries);
                if (Transports.Any(static transport => transport is not ("polling" or "websocket"))) throw Wrong(name, value, "polling, websocket or both with a comma");
                break;
            case "--parser":
                IsMessagePack = value == "msgpack" || (value == "json" ? false : throw Wrong(name, value, "json or msgpack"));
                break;
            case "--eio":
                Revision = value == "3" ? EngineRevision.V3 : value == "4" ? EngineRevision.V4 : throw Wrong(name, value, "3 or 4");
                break;
            case "--timeout":
                Timeout = double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 86_400
                    ? TimeSpan.FromSeconds(seconds) : throw Wrong(name, value, "a number of seconds");
                break;
            case "--once":
                Once = value;
                break;
            case "--origin":
                Origin = value.TrimEnd('/');
                break;
            default:
                throw new UsageException($"There is no option {name}.");
        }
    }

    private static KeyValuePair<string, string> Pair(string name, string value, char separator)
    {
        var at = value.IndexOf(separator, StringComparison.Ordinal);
        return at > 0 ? new(value[..at].Trim(), value[(at + 1)..].Trim()) : throw Wrong(name, value, $"NAME{separator}VALUE");
    }

    private static JsonElement ParseAuth(string text)
    {
        try
        {
            var auth = JsonElement.Parse(text);
            return auth.ValueKind == JsonValueKind.Object ? auth : throw Wrong("--auth", text, "a JSON object");
        }
        catch (JsonException)
        {
            throw Wrong("--auth", text, "a JSON object, such as '{\"token\":\"abc\"}'");
        }
    }

    private static UsageException Wrong(string name, string value, string wanted) => new($"{name} {value}: give {wanted}.");
}
