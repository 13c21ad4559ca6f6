namespace EngineIO.Client;

/// <summary>What differs for one transport (option <c>transportOptions</c>). What is null is as for the others.</summary>
public sealed class EngineTransportOptions
{
    /// <summary>See <see cref="EngineClientOptions.Path"/>.</summary>
    public string? Path { get; set; }

    /// <summary>See <see cref="EngineClientOptions.AddTrailingSlash"/>.</summary>
    public bool? AddTrailingSlash { get; set; }

    /// <summary>More query parameters, and others for those of the same name.</summary>
    public IDictionary<string, string?>? Query { get; set; }

    /// <summary>The headers of this transport, instead of <see cref="EngineClientOptions.ExtraHeaders"/>.</summary>
    public IDictionary<string, string>? ExtraHeaders { get; set; }

    /// <summary>See <see cref="EngineClientOptions.TimestampRequests"/>.</summary>
    public bool? TimestampRequests { get; set; }
}
