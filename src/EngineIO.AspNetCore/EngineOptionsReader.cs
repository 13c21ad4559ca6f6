using System.Globalization;
using System.Text.RegularExpressions;
using Shared;

namespace EngineIO.AspNetCore;

/// <summary>Reads <see cref="EngineOptions"/> from the configuration.</summary>
internal static class EngineOptionsReader
{
    private static readonly TimeSpan PatternPatience = TimeSpan.FromSeconds(1);

    /// <summary>Sets the options that the section has; the caller completes the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">The options.</param>
    public static void Read(OptionsSection section, EngineOptions options)
    {
        section.Text(nameof(options.Path), value => options.Path = value!);
        section.Flag(nameof(options.AddTrailingSlash), value => options.AddTrailingSlash = value);
        section.Time(nameof(options.PingInterval), value => options.PingInterval = value);
        section.Time(nameof(options.PingTimeout), value => options.PingTimeout = value);
        section.Time(nameof(options.UpgradeTimeout), value => options.UpgradeTimeout = value);
        section.Number<int>(nameof(options.MaxHttpBufferSize), value => options.MaxHttpBufferSize = value);
        section.Number<int>(nameof(options.MaxPacketsPerPayload), value => options.MaxPacketsPerPayload = value);
        section.Set<EngineTransports>(nameof(options.Transports), value => options.Transports = value);
        section.Flag(nameof(options.AllowUpgrades), value => options.AllowUpgrades = value);
        section.Flag(nameof(options.AllowEIO3), value => options.AllowEIO3 = value);
        section.Text(nameof(options.InitialPacket), value => options.InitialPacket = value);
        section.Group(nameof(options.Cookie), options.Cookie, ReadCookie, value => options.Cookie = value);
        section.Group(nameof(options.Cors), options.Cors, ReadCors, value => options.Cors = value);
        section.Group(nameof(options.HttpCompression), options.HttpCompression, ReadHttpCompression, value => options.HttpCompression = value);
        section.Group(nameof(options.PerMessageDeflate), options.PerMessageDeflate, ReadPerMessageDeflate, value => options.PerMessageDeflate = value);
        section.OptionalNumber<int>(nameof(options.MaxSessions), value => options.MaxSessions = value);
        section.Number<int>(nameof(options.MaxQueuedPackets), value => options.MaxQueuedPackets = value);
        section.Number<long>(nameof(options.MaxQueuedBytes), value => options.MaxQueuedBytes = value);
        section.Choice<SendQueueFullPolicy>(nameof(options.SendQueueFull), value => options.SendQueueFull = value);
        section.InCode(nameof(options.AllowRequest), nameof(options.GenerateId));
    }

    private static void ReadCookie(OptionsSection section, EngineCookieOptions cookie)
    {
        section.Text(nameof(cookie.Name), value => cookie.Name = value!);
        section.Text(nameof(cookie.Path), value => cookie.Path = value);
        section.Text(nameof(cookie.Domain), value => cookie.Domain = value);
        section.OptionalTime(nameof(cookie.MaxAge), value => cookie.MaxAge = value);
        section.Read(nameof(cookie.Expires), ParseMoment, "a moment such as \"2030-01-31T12:00:00Z\"", value => cookie.Expires = value);
        section.Flag(nameof(cookie.HttpOnly), value => cookie.HttpOnly = value);
        section.Flag(nameof(cookie.Secure), value => cookie.Secure = value);
        section.Flag(nameof(cookie.Partitioned), value => cookie.Partitioned = value);
        section.Text(nameof(cookie.Priority), value => cookie.Priority = value);
        section.Choice<Microsoft.AspNetCore.Http.SameSiteMode>(nameof(cookie.SameSite), value => cookie.SameSite = value);
        section.InCode(nameof(cookie.Encode));
    }

    private static void ReadCors(OptionsSection section, EngineCorsOptions cors)
    {
        section.List(nameof(cors.Origins), value =>
        {
            cors.Origins.Clear();
            foreach (var origin in value) cors.Origins.Add(origin);
        });
        section.Read(nameof(cors.OriginPattern), ParsePattern, "a regular expression", value => cors.OriginPattern = value);
        section.Flag(nameof(cors.ReflectOrigin), value => cors.ReflectOrigin = value);
        section.Flag(nameof(cors.RefuseOtherOrigins), value => cors.RefuseOtherOrigins = value);
        section.List(nameof(cors.Methods), value => cors.Methods = value);
        section.List(nameof(cors.AllowedHeaders), value => cors.AllowedHeaders = value);
        section.List(nameof(cors.ExposedHeaders), value => cors.ExposedHeaders = value);
        section.Flag(nameof(cors.Credentials), value => cors.Credentials = value);
        section.OptionalTime(nameof(cors.MaxAge), value => cors.MaxAge = value);
        section.Flag(nameof(cors.PreflightContinue), value => cors.PreflightContinue = value);
        section.Number<int>(nameof(cors.OptionsSuccessStatus), value => cors.OptionsSuccessStatus = value);
        section.InCode(nameof(cors.IsOriginAllowed));
    }

    private static void ReadHttpCompression(OptionsSection section, HttpCompressionOptions compression)
    {
        section.Number<int>(nameof(compression.Threshold), value => compression.Threshold = value);
        section.Choice<System.IO.Compression.CompressionLevel>(nameof(compression.Level), value => compression.Level = value);
    }

    private static void ReadPerMessageDeflate(OptionsSection section, PerMessageDeflateOptions deflate)
    {
        section.Number<int>(nameof(deflate.Threshold), value => deflate.Threshold = value);
        section.Flag(nameof(deflate.ServerNoContextTakeover), value => deflate.ServerNoContextTakeover = value);
        section.Flag(nameof(deflate.ClientNoContextTakeover), value => deflate.ClientNoContextTakeover = value);
        section.Number<int>(nameof(deflate.ServerMaxWindowBits), value => deflate.ServerMaxWindowBits = value);
        section.Number<int>(nameof(deflate.ClientMaxWindowBits), value => deflate.ClientMaxWindowBits = value);
    }

    private static DateTimeOffset? ParseMoment(string text) =>
        text.Length == 0 ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static Regex? ParsePattern(string text) => text.Length == 0 ? null : new Regex(text, RegexOptions.CultureInvariant, PatternPatience);
}
