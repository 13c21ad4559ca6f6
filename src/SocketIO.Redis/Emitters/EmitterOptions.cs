using System.Text.Json;
using StackExchange.Redis;

namespace SocketIO.Redis.Emitters;

/// <summary>What all emitters have in common: the way to Redis. Read when the emitter is made.</summary>
/// <remarks>One of <see cref="ConnectionMultiplexer"/>, <see cref="ConnectionMultiplexerFactory"/>, <see cref="ConfigurationOptions"/> and <see cref="Configuration"/> is needed, and
/// the first one set of these counts.</remarks>
public abstract class EmitterOptions
{
    private protected EmitterOptions()
    {
    }

    /// <summary>The connection string, such as <c>localhost</c>, as StackExchange.Redis reads it. Default: null.</summary>
    public string? Configuration { get; set; }

    /// <summary>The connection in full; copied. Default: null.</summary>
    public ConfigurationOptions? ConfigurationOptions { get; set; }

    /// <summary>A connection that the application has already; it is not disposed of with the emitter. Default: null, the emitter makes its own when it is first used.</summary>
    public IConnectionMultiplexer? ConnectionMultiplexer { get; set; }

    /// <summary>Finds the connection that the application has already among its services. For emitters that are services. Default: null.</summary>
    public Func<IServiceProvider, IConnectionMultiplexer>? ConnectionMultiplexerFactory { get; set; }

    /// <summary>How arguments of other types than JSON's and bytes are written. Default: null, as a server writes them by default.</summary>
    public JsonSerializerOptions? SerializerOptions { get; set; }

    /// <exception cref="ArgumentException">An option is missing or wrong.</exception>
    internal virtual void Validate()
    {
        if (ConnectionMultiplexer is null && ConfigurationOptions is null && string.IsNullOrWhiteSpace(Configuration))
            throw new ArgumentException($"The option {nameof(Configuration)} is empty; set it to a connection string such as \"localhost\", or set {nameof(ConnectionMultiplexer)}.");
    }

    /// <summary>How the emitter's own connection is made.</summary>
    internal ConfigurationOptions ToConfiguration()
    {
        var configuration = ConfigurationOptions?.Clone() ?? ConfigurationOptions.Parse(Configuration!);
        configuration.AbortOnConnectFail = false;
        return configuration;
    }

    private protected static void RequireName(string value, string option, string example)
    {
        if (string.IsNullOrEmpty(value)) throw new ArgumentException($"The option {option} is empty; set it to a name such as \"{example}\".");
    }
}
