using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EngineIO.AspNetCore;

/// <summary>Says what is wrong with options: which one, its value and what to do.</summary>
public sealed partial class EngineOptionsValidator : IValidateOptions<EngineOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, EngineOptions options) =>
        Check(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    /// <summary>The faults; none where the options are valid.</summary>
    /// <param name="options">The options.</param>
    public static IReadOnlyList<string> Check(EngineOptions options)
    {
        var faults = new List<string>();
        Require(options.Path is ['/', ..] && !options.Path.Contains('{'), nameof(options.Path), options.Path, "a path that begins with '/', such as \"/engine.io\"");
        RequirePositive(options.PingInterval, nameof(options.PingInterval));
        RequirePositive(options.PingTimeout, nameof(options.PingTimeout));
        RequirePositive(options.UpgradeTimeout, nameof(options.UpgradeTimeout));
        Require(options.MaxHttpBufferSize is > 0 and < int.MaxValue / 2, nameof(options.MaxHttpBufferSize), options.MaxHttpBufferSize, "a number of bytes from 1 to 1,073,741,822");
        Require(options.MaxPacketsPerPayload > 0, nameof(options.MaxPacketsPerPayload), options.MaxPacketsPerPayload, "at least 1");
        Require(options.Transports is > EngineTransports.None and <= EngineTransports.All, nameof(options.Transports), options.Transports, "Polling, WebSocket or both");
        Require(options.MaxSessions is null or > 0, nameof(options.MaxSessions), options.MaxSessions, "null for no limit, or at least 1");
        Require(options.MaxQueuedPackets > 0, nameof(options.MaxQueuedPackets), options.MaxQueuedPackets, "at least 1");
        Require(options.MaxQueuedBytes > 0, nameof(options.MaxQueuedBytes), options.MaxQueuedBytes, "at least 1");
        Require(Enum.IsDefined(options.SendQueueFull), nameof(options.SendQueueFull), options.SendQueueFull, "one of " + string.Join(", ", Enum.GetNames<SendQueueFullPolicy>()));
        if (options.HttpCompression is { } http)
        {
            Require(http.Threshold >= 0, "HttpCompression.Threshold", http.Threshold, "0 or more bytes");
            Require(Enum.IsDefined(http.Level), "HttpCompression.Level", http.Level, "one of " + string.Join(", ", Enum.GetNames<CompressionLevel>()));
        }

        if (options.PerMessageDeflate is { } deflate)
        {
            Require(deflate.Threshold >= 0, "PerMessageDeflate.Threshold", deflate.Threshold, "0 or more bytes");
            Require(deflate.ServerMaxWindowBits is >= 9 and <= 15, "PerMessageDeflate.ServerMaxWindowBits", deflate.ServerMaxWindowBits, "9 to 15");
            Require(deflate.ClientMaxWindowBits is >= 9 and <= 15, "PerMessageDeflate.ClientMaxWindowBits", deflate.ClientMaxWindowBits, "9 to 15");
        }

        if (options.Cookie is { } cookie)
        {
            Require(IsToken(cookie.Name), "Cookie.Name", cookie.Name, "a cookie name of letters, digits and !#$%&'*+-.^_`|~");
            Require(IsAttributeValue(cookie.Path), "Cookie.Path", cookie.Path, "a path without ';' and control characters");
            Require(IsAttributeValue(cookie.Domain), "Cookie.Domain", cookie.Domain, "a domain without ';' and control characters");
            Require(cookie.Priority is null or "Low" or "Medium" or "High", "Cookie.Priority", cookie.Priority, "Low, Medium or High");
            Require(cookie.MaxAge is null || cookie.MaxAge >= TimeSpan.Zero, "Cookie.MaxAge", cookie.MaxAge, "null for the browser's session, or a time of zero or more");
            Require(Enum.IsDefined(cookie.SameSite), "Cookie.SameSite", cookie.SameSite, "one of " + string.Join(", ", Enum.GetNames<SameSiteMode>()));
        }

        if (options.Cors is { } cors)
        {
            var isAnyOrigin = cors is { ReflectOrigin: false, OriginPattern: null, IsOriginAllowed: null } && (cors.Origins.Count == 0 || cors.Origins.Contains("*"));
            Require(!(cors.Credentials && isAnyOrigin), "Cors.Credentials", cors.Credentials, "false, or name the origins (Cors.Origins): browsers refuse credentials together with \"*\"");
            Require(!(cors.RefuseOtherOrigins && (isAnyOrigin || cors.ReflectOrigin)), "Cors.RefuseOtherOrigins", cors.RefuseOtherOrigins, "false, or name the origins (Cors.Origins): there is no other than \"*\"");
            RequireTokens(cors.Methods, "Cors.Methods", "names of HTTP methods");
            RequireTokens(cors.AllowedHeaders, "Cors.AllowedHeaders", "names of headers");
            RequireTokens(cors.ExposedHeaders, "Cors.ExposedHeaders", "names of headers");
            var strange = cors.Origins.FirstOrDefault(static origin => !IsOrigin(origin));
            Require(strange is null, "Cors.Origins", strange, "\"*\", or origins as browsers send them, such as \"https://app.example\" without a path");
            Require(cors.MaxAge is null || cors.MaxAge >= TimeSpan.Zero, "Cors.MaxAge", cors.MaxAge, "null for the browser's own, or a time of zero or more");
            Require(cors.OptionsSuccessStatus is >= 200 and <= 299, "Cors.OptionsSuccessStatus", cors.OptionsSuccessStatus, "a status from 200 to 299");
        }

        return faults;

        void RequireTokens(IEnumerable<string>? values, string option, string wanted)
        {
            var strange = values?.FirstOrDefault(static value => !IsToken(value));
            Require(strange is null, option, strange, wanted);
        }

        void RequirePositive(TimeSpan value, string option) =>
            Require(value > TimeSpan.Zero && value.TotalMilliseconds <= int.MaxValue, option, value, "a time above zero and below 24 days");

        void Require(bool holds, string option, object? value, string wanted)
        {
            if (!holds) faults.Add($"The option {option} is {value ?? "null"}; set it to {wanted}.");
        }
    }

    private static bool IsToken(string? value) =>
        value?.Length > 0 && value.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    // "null" is the origin of sandboxed pages; applications inside web views send schemes of their own.
    private static bool IsOrigin(string? value) => value is "*" or "null" || (value is not null && OriginPattern().IsMatch(value));

    private static bool IsAttributeValue(string? value) => value is null || value.All(static c => c is >= ' ' and <= '~' and not ';');

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\s,]*$", RegexOptions.CultureInvariant)]
    private static partial Regex OriginPattern();
}
