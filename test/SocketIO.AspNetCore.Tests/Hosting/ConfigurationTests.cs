using System.IO.Compression;
using System.Reflection;
using System.Text;
using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Hosting;

/// <summary>Options in the configuration.</summary>
public sealed class ConfigurationTests
{
    private const string Everything = """
        {
          "SocketIO": {
            "Path": "/chat", "addTrailingSlash": false, "ServeClient": false,
            "PingInterval": "00:00:01", "PingTimeout": "00:00:00.500", "UpgradeTimeout": "00:00:02", "ConnectTimeout": "00:00:03",
            "MaxHttpBufferSize": 1001, "MaxPacketsPerPayload": 1002, "MaxSessions": 1003, "MaxQueuedPackets": 1004, "MaxQueuedBytes": 5000000000,
            "MaxConcurrentHandlers": 2, "MaxQueuedEvents": 1005, "MaxNamespacesPerConnection": 1006, "EnableDetailedErrors": true,
            "CleanupEmptyChildNamespaces": true, "MaxChildNamespaces": 1007, "MaxNamespaceLength": 1008,
            "Transports": ["polling"], "AllowUpgrades": false, "AllowEIO3": true, "InitialPacket": "hi", "SendQueueFull": "dropOldest",
            "RateLimitExceeded": "disconnect", "Drain": { "Timeout": "00:00:04", "SessionsPerSecond": 12, "Jitter": 0.25 },
            "ConnectionStateRecovery": { "MaxDisconnectionDuration": "00:01:00", "SkipMiddlewares": false, "MaxStoredBytes": 12, "MaxStoredSessions": 13 },
            "Cookie": {
              "Name": "sid", "Path": null, "Domain": "a.example", "MaxAge": "1.00:00:00", "Expires": "2030-01-31T12:00:00Z",
              "HttpOnly": false, "Secure": true, "Partitioned": true, "Priority": "High", "SameSite": "None"
            },
            "Cors": {
              "Origins": ["https://a.example", "https://b.example"], "OriginPattern": "\\.c\\.example$", "ReflectOrigin": true, "RefuseOtherOrigins": false, "Methods": ["GET", "POST"],
              "AllowedHeaders": "x-one, x-two", "ExposedHeaders": ["x-three"], "Credentials": true, "MaxAge": "00:10:00",
              "PreflightContinue": true, "OptionsSuccessStatus": 200
            },
            "HttpCompression": { "Threshold": 10, "Level": "SmallestSize" },
            "PerMessageDeflate": {
              "Threshold": 11, "ServerNoContextTakeover": true, "ClientNoContextTakeover": true, "ServerMaxWindowBits": 10, "ClientMaxWindowBits": 9
            }
          }
        }
        """;

    // Code, and objects of the application's.
    private static readonly HashSet<string> s_inCode = ["Adapter", "AllowRequest", "EventRateLimiter", "EventRateLimiters", "GenerateId", "Parser", "SerializerOptions", "ConnectionStateRecovery:Authorize", "Cookie:Encode", "Cors:IsOriginAllowed"];

    /// <summary>A wrong value of each option, and what the start says of it.</summary>
    public static TheoryData<string, string, string> Faults => new()
    {
        { "Path", "chat", "The option Path is chat; set it to a path that begins with '/'" },
        { "AddTrailingSlash", "1", "The option SocketIO:AddTrailingSlash is 1; set it to true or false." },
        { "ServeClient", "yes", "The option SocketIO:ServeClient is yes; set it to true or false." },
        { "PingInterval", "25000", "The option SocketIO:PingInterval is 25000; set it to a time such as \"00:00:25\"" },
        { "PingInterval", "00:00:00", "The option PingInterval is 00:00:00; set it to a time above zero" },
        { "PingTimeout", "-00:00:20", "The option PingTimeout is -00:00:20; set it to a time above zero" },
        { "UpgradeTimeout", "10 s", "The option SocketIO:UpgradeTimeout is 10 s; set it to a time such as" },
        { "ConnectTimeout", "30.00:00:00", "The option ConnectTimeout is 30.00:00:00; set it to a time below 24 days" },
        { "MaxHttpBufferSize", "1e6", "The option SocketIO:MaxHttpBufferSize is 1e6; set it to a whole number." },
        { "MaxHttpBufferSize", "0", "The option MaxHttpBufferSize is 0; set it to a number of bytes" },
        { "MaxPacketsPerPayload", "-1", "The option MaxPacketsPerPayload is -1; set it to at least 1." },
        { "MaxSessions", "0", "The option MaxSessions is 0; set it to null for no limit, or at least 1." },
        { "MaxQueuedPackets", "99999999999", "The option SocketIO:MaxQueuedPackets is 99999999999; set it to a whole number." },
        { "MaxQueuedBytes", "0", "The option MaxQueuedBytes is 0; set it to at least 1." },
        { "MaxConcurrentHandlers", "0", "The option MaxConcurrentHandlers is 0; set it to at least 1." },
        { "MaxQueuedEvents", "0", "The option MaxQueuedEvents is 0; set it to at least 1." },
        { "MaxNamespacesPerConnection", "", "The option SocketIO:MaxNamespacesPerConnection is empty; set it to a whole number." },
        { "CleanupEmptyChildNamespaces", "always", "The option SocketIO:CleanupEmptyChildNamespaces is always; set it to true or false." },
        { "MaxChildNamespaces", "0", "The option MaxChildNamespaces is 0; set it to at least 1." },
        { "MaxNamespaceLength", "-1", "The option MaxNamespaceLength is -1; set it to at least 1." },
        { "EnableDetailedErrors", "", "The option SocketIO:EnableDetailedErrors is empty; set it to true or false." },
        { "Transports", "webtransport", "The option SocketIO:Transports is webtransport; set it to some of None, Polling, WebSocket, All." },
        { "Transports", "None", "The option Transports is None; set it to Polling, WebSocket or both." },
        { "Transports:0", "pigeon", "The option SocketIO:Transports is pigeon; set it to some of" },
        { "AllowUpgrades", "no", "The option SocketIO:AllowUpgrades is no; set it to true or false." },
        { "AllowEIO3", "3", "The option SocketIO:AllowEIO3 is 3; set it to true or false." },
        { "InitialPacket:Text", "hi", "The option SocketIO:InitialPacket is a group; set it to a text." },
        { "SendQueueFull", "2", "The option SocketIO:SendQueueFull is 2; set it to one of Wait, DropOldest, DropNewest, Disconnect." },
        { "ConnectionStateRecovery", "2 min", "The option SocketIO:ConnectionStateRecovery is 2 min; set it to true, false or a group of options." },
        { "ConnectionStateRecovery", "", "The option SocketIO:ConnectionStateRecovery is empty; set it to true, false or a group of options." },
        { "ConnectionStateRecovery:MaxDisconnectionDuration", "00:00:00", "The option ConnectionStateRecovery.MaxDisconnectionDuration is 00:00:00; set it to" },
        { "ConnectionStateRecovery:SkipMiddlewares", "x", "The option SocketIO:ConnectionStateRecovery:SkipMiddlewares is x; set it to true or false." },
        { "ConnectionStateRecovery:MaxStoredBytes", "0", "The option ConnectionStateRecovery.MaxStoredBytes is 0; set it to at least 1." },
        { "ConnectionStateRecovery:MaxStoredSessions", "0", "The option ConnectionStateRecovery.MaxStoredSessions is 0; set it to at least 1." },
        { "ConnectionStateRecovery:Authorize", "x", "The option SocketIO:ConnectionStateRecovery:Authorize is code" },
        { "Cookie", "io", "The option SocketIO:Cookie is io; set it to true, false or a group of options." },
        { "Cookie:Name", "a b", "The option Cookie.Name is a b; set it to a cookie name" },
        { "Cookie:Path", "/;x", "The option Cookie.Path is /;x; set it to a path without ';'" },
        { "Cookie:Domain", "a;b", "The option Cookie.Domain is a;b; set it to a domain without ';'" },
        { "Cookie:MaxAge", "-00:00:01", "The option Cookie.MaxAge is -00:00:01; set it to null for the browser's session, or a time of zero or more." },
        { "Cookie:Expires", "tomorrow", "The option SocketIO:Cookie:Expires is tomorrow; set it to a moment such as \"2030-01-31T12:00:00Z\"." },
        { "Cookie:HttpOnly", "x", "The option SocketIO:Cookie:HttpOnly is x; set it to true or false." },
        { "Cookie:Secure", "x", "The option SocketIO:Cookie:Secure is x; set it to true or false." },
        { "Cookie:Partitioned", "x", "The option SocketIO:Cookie:Partitioned is x; set it to true or false." },
        { "Cookie:Priority", "Highest", "The option Cookie.Priority is Highest; set it to Low, Medium or High." },
        { "Cookie:SameSite", "Laxer", "The option SocketIO:Cookie:SameSite is Laxer; set it to one of None, Lax, Strict, Unspecified." },
        { "Cookie:Colour", "red", "The option SocketIO:Cookie:Colour is not known; remove it, or set one of Domain, Expires, HttpOnly" },
        { "Cors:Origins", "https://a.example/page", "The option Cors.Origins is https://a.example/page; set it to \"*\", or origins as browsers send them" },
        { "Cors:OriginPattern", "(", "The option SocketIO:Cors:OriginPattern is (; set it to a regular expression." },
        { "Cors:ReflectOrigin", "x", "The option SocketIO:Cors:ReflectOrigin is x; set it to true or false." },
        { "Cors:Methods", "GET POST", "The option Cors.Methods is GET POST; set it to names of HTTP methods." },
        { "Cors:AllowedHeaders", "x:", "The option Cors.AllowedHeaders is x:; set it to names of headers." },
        { "Cors:ExposedHeaders", "x y", "The option Cors.ExposedHeaders is x y; set it to names of headers." },
        { "Cors:RefuseOtherOrigins", "yes", "The option SocketIO:Cors:RefuseOtherOrigins is yes; set it to true or false." },
        { "Cors:RefuseOtherOrigins", "true", "The option Cors.RefuseOtherOrigins is True; set it to false, or name the origins" },
        { "Cors:Credentials", "true", "The option Cors.Credentials is True; set it to false, or name the origins" },
        { "Cors:MaxAge", "600", "The option SocketIO:Cors:MaxAge is 600; set it to a time such as" },
        { "Cors:PreflightContinue", "x", "The option SocketIO:Cors:PreflightContinue is x; set it to true or false." },
        { "Cors:OptionsSuccessStatus", "500", "The option Cors.OptionsSuccessStatus is 500; set it to a status from 200 to 299." },
        { "HttpCompression", "gzip", "The option SocketIO:HttpCompression is gzip; set it to true, false or a group of options." },
        { "HttpCompression:Threshold", "-1", "The option HttpCompression.Threshold is -1; set it to 0 or more bytes." },
        { "HttpCompression:Level", "9", "The option SocketIO:HttpCompression:Level is 9; set it to one of" },
        { "PerMessageDeflate:Threshold", "1 KB", "The option SocketIO:PerMessageDeflate:Threshold is 1 KB; set it to a whole number." },
        { "PerMessageDeflate:ServerNoContextTakeover", "x", "The option SocketIO:PerMessageDeflate:ServerNoContextTakeover is x; set it to true or false." },
        { "PerMessageDeflate:ClientNoContextTakeover", "x", "The option SocketIO:PerMessageDeflate:ClientNoContextTakeover is x; set it to true or false." },
        { "PerMessageDeflate:ServerMaxWindowBits", "8", "The option PerMessageDeflate.ServerMaxWindowBits is 8; set it to 9 to 15." },
        { "PerMessageDeflate:ClientMaxWindowBits", "16", "The option PerMessageDeflate.ClientMaxWindowBits is 16; set it to 9 to 15." },
        { "Drain:Timeout", "00:00:00", "The option Drain.Timeout is 00:00:00; set it to a time above zero and below 24 days." },
        { "Drain:SessionsPerSecond", "0", "The option Drain.SessionsPerSecond is 0; set it to at least 1." },
        { "Drain:Jitter", "2", "The option Drain.Jitter is 2; set it to a number from 0 to 1." },
        { "RateLimitExceeded", "ban", "The option SocketIO:RateLimitExceeded is ban; set it to one of" },
        { "EventRateLimiter", "1", "The option SocketIO:EventRateLimiter is code" },
        { "EventRateLimiters", "1", "The option SocketIO:EventRateLimiters is code" },
        { "AllowRequest", "true", "The option SocketIO:AllowRequest is code, which a configuration cannot hold; set it with options => options.AllowRequest = …." },
        { "GenerateId", "x", "The option SocketIO:GenerateId is code" },
        { "Adapter", "redis", "The option SocketIO:Adapter is code" },
        { "Parser", "msgpack", "The option SocketIO:Parser is code" },
        { "SerializerOptions:MaxDepth", "1", "The option SocketIO:SerializerOptions is code" },
        { "Cookie:Encode", "x", "The option SocketIO:Cookie:Encode is code" },
        { "Cors:IsOriginAllowed", "x", "The option SocketIO:Cors:IsOriginAllowed is code" },
        { "PingIntervall", "00:00:25", "The option SocketIO:PingIntervall is not known; remove it, or set one of AddTrailingSlash, AllowEIO3" },
        { "", "x", "The option SocketIO is x; set it to a group of options." },
    };

    [Theory, MemberData(nameof(Faults)), Trait("Spec", "SRV-OPT-10"), Trait("Spec", "SRV-EOPT-08")]
    public async Task AWrongValueStopsTheStartAndSaysWhatToDo(string option, string value, string message)
    {
        string key = option.Length == 0 ? "SocketIO" : $"SocketIO:{option}";
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => WebServer.StartAsync(
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([new(key, value)]);
                builder.Services.AddSocketIO(builder.Configuration.GetSection("SocketIO"));
            },
            app => { }));
        Assert.StartsWith(message, Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void EachOptionHasAWrongValueAbove() =>
        Assert.Empty(Leaves(typeof(SocketIOOptions)).Except(Faults.Select(row => row.Data.Item1), StringComparer.Ordinal).Except(["SerializerOptions", "InitialPacket"]));

    [Fact, Trait("Spec", "SRV-OPT-10"), Trait("Spec", "SRV-NET-15")]
    public void EveryOptionComesFromTheConfiguration()
    {
        var configuration = Json(Everything);
        var options = Bind(configuration);
        Assert.Equal(("/chat", false, false), (options.Path, options.AddTrailingSlash, options.ServeClient));
        Assert.Equal((1.0, 0.5, 2.0, 3.0), (options.PingInterval.TotalSeconds, options.PingTimeout.TotalSeconds, options.UpgradeTimeout.TotalSeconds, options.ConnectTimeout.TotalSeconds));
        Assert.Equal((1001, 1002, 1003, 1004, 5_000_000_000), (options.MaxHttpBufferSize, options.MaxPacketsPerPayload, options.MaxSessions, options.MaxQueuedPackets, options.MaxQueuedBytes));
        Assert.Equal((2, 1005, 1006, true), (options.MaxConcurrentHandlers, options.MaxQueuedEvents, options.MaxNamespacesPerConnection, options.EnableDetailedErrors));
        Assert.Equal((true, 1007, 1008), (options.CleanupEmptyChildNamespaces, options.MaxChildNamespaces, options.MaxNamespaceLength));
        Assert.Equal((EngineTransports.Polling, false, true, "hi", SendQueueFullPolicy.DropOldest), (options.Transports, options.AllowUpgrades, options.AllowEIO3, options.InitialPacket, options.SendQueueFull));

        var recovery = options.ConnectionStateRecovery!;
        Assert.Equal((60, false, 12, 13), (recovery.MaxDisconnectionDuration.TotalSeconds, recovery.SkipMiddlewares, recovery.MaxStoredBytes, recovery.MaxStoredSessions));

        var cookie = options.Cookie!;
        Assert.Equal(("sid", null, "a.example", TimeSpan.FromDays(1), new DateTimeOffset(2030, 1, 31, 12, 0, 0, default)), (cookie.Name, cookie.Path, cookie.Domain, cookie.MaxAge, cookie.Expires));
        Assert.Equal((false, true, true, "High", SameSiteMode.None), (cookie.HttpOnly, cookie.Secure, cookie.Partitioned, cookie.Priority, cookie.SameSite));

        var cors = options.Cors!;
        Assert.Equal(["https://a.example", "https://b.example"], cors.Origins);
        Assert.Equal((@"\.c\.example$", true, true, TimeSpan.FromMinutes(10), true, 200), (cors.OriginPattern!.ToString(), cors.ReflectOrigin, cors.Credentials, cors.MaxAge, cors.PreflightContinue, cors.OptionsSuccessStatus));
        Assert.Equal(["GET", "POST"], cors.Methods);
        Assert.Equal(["x-one", "x-two"], cors.AllowedHeaders);
        Assert.Equal(["x-three"], cors.ExposedHeaders);

        Assert.Equal((10, CompressionLevel.SmallestSize), (options.HttpCompression!.Threshold, options.HttpCompression.Level));
        var deflate = options.PerMessageDeflate!;
        Assert.Equal((11, true, true, 10, 9), (deflate.Threshold, deflate.ServerNoContextTakeover, deflate.ClientNoContextTakeover, deflate.ServerMaxWindowBits, deflate.ClientMaxWindowBits));

        Assert.Equal(RateLimitExceededPolicy.Disconnect, options.RateLimitExceeded);
        Assert.Equal((TimeSpan.FromSeconds(4), 12, 0.25), (options.Drain!.Timeout, options.Drain.SessionsPerSecond, options.Drain.Jitter));

        // Whoever adds an option adds it here.
        var written = configuration.GetSection("SocketIO").AsEnumerable(makePathsRelative: true).Select(pair => pair.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(Leaves(typeof(SocketIOOptions)), option => Assert.True(s_inCode.Contains(option) || written.Contains(option) || written.Contains(option + ":0"), option));
    }

    [Theory]
    [InlineData("""{ "Transports": "Polling, WebSocket" }""", EngineTransports.All)]
    [InlineData("""{ "Transports": ["polling", "websocket"] }""", EngineTransports.All)]
    [InlineData("""{ "Transports": "websocket" }""", EngineTransports.WebSocket)]
    public void TransportsAreAListOrAText(string json, EngineTransports transports) => Assert.Equal(transports, Bind(Json(json)).Transports);

    [Fact, Trait("Spec", "SRV-EOPT-09"), Trait("Spec", "SRV-EOPT-10")]
    public void GroupsAreSwitches()
    {
        var options = Bind(Json("""{ "Cookie": true, "Cors": true, "HttpCompression": false, "PerMessageDeflate": true, "MaxSessions": null }"""));
        Assert.Equal("io", options.Cookie!.Name);
        Assert.Empty(options.Cors!.Origins);
        Assert.Null(options.HttpCompression);
        Assert.Equal(1024, options.PerMessageDeflate!.Threshold);
        Assert.Null(options.MaxSessions);
    }

    // The configuration cannot tell the two apart: one would be on with the defaults in the official server, the other off.
    [Theory, InlineData("{}"), InlineData("null")]
    public void AnEmptyGroupIsNoSwitch(string group) =>
        Assert.Throws<OptionsValidationException>(() => Bind(Json($$"""{ "ConnectionStateRecovery": {{group}} }""")));

    [Fact]
    [Trait("Spec", "SRV-OPT-09")]
    public void CodeComesAfterTheConfigurationAndKeepsWhatItDoesNotName()
    {
        var configuration = Json("""{ "Cookie": { "Name": "sid" }, "PingInterval": "00:00:01" }""");
        var options = Bind(configuration, options => (options.PingInterval, options.Cookie!.Domain) = (TimeSpan.FromSeconds(2), "a.example"));
        Assert.Equal((2, "sid", "a.example", "/"), (options.PingInterval.TotalSeconds, options.Cookie!.Name, options.Cookie.Domain, options.Cookie.Path));
    }

    [Fact]
    public async Task AllFaultsAreToldAtOnceOfNamedServersAndOfTheEngineToo()
    {
        var configuration = Json("""{ "Paht": "/x", "PingInterval": 1, "Cors": { "origin": "*" } }""");
        foreach (var add in (Action<IServiceCollection>[])[s => s.AddSocketIO("chat", configuration), s => s.AddEngineIO(configuration)])
        {
            var error = await Assert.ThrowsAsync<OptionsValidationException>(() => WebServer.StartAsync(builder => add(builder.Services), app => { }));
            Assert.Equal(
                ["The option PingInterval is 1;", "The option Cors:origin is not known;", "The option Paht is not known;"],
                error.Failures.Select(failure => failure[..(failure.IndexOf(';', StringComparison.Ordinal) + 1)]));
        }
    }

    [Fact, Trait("Spec", "SRV-OPT-01"), Trait("Spec", "SRV-ATT-04")]
    public async Task ServersOfOneHostHaveSectionsOfTheirOwn()
    {
        var configuration = Json("""
            { "Public": { "PingInterval": "00:00:11" }, "Admin": { "Path": "/admin", "PingInterval": "00:00:12" }, "Engine": { "PingInterval": "00:00:13" } }
            """);
        await using var server = await WebServer.StartAsync(
            builder => builder.Services
                .AddSocketIO(configuration.GetSection("Public")).Services
                .AddSocketIO("admin", configuration.GetSection("Admin")).Services
                .AddEngineIO(configuration.GetSection("Engine")),
            app =>
            {
                app.MapSocketIO();
                app.MapSocketIO("admin");
                app.MapEngineIO();
            });
        foreach (var (path, interval) in ((string, int)[])[("/socket.io/", 11_000), ("/admin/", 12_000), ("/engine.io/", 13_000)])
        {
            await using var client = await PollingClient.OpenAsync(server.BaseAddress, path);
            Assert.Equal(interval, client.Handshake.GetProperty("pingInterval").GetInt32());
        }
    }

    private static IConfigurationRoot Json(string json) => new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    private static SocketIOOptions Bind(IConfigurationRoot configuration, Action<SocketIOOptions>? configure = null)
    {
        var section = configuration.GetSection("SocketIO");
        var services = new ServiceCollection().AddLogging().AddSocketIO(section.Exists() ? section : configuration, configure).Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<SocketIOOptions>>().Value;
    }

    private static IEnumerable<string> Leaves(Type type, string prefix = "")
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var isGroup = property.PropertyType.Namespace is { } ns && !ns.StartsWith("System", StringComparison.Ordinal)
                && property.PropertyType is { IsClass: true } && !typeof(Delegate).IsAssignableFrom(property.PropertyType);
            foreach (string leaf in isGroup ? Leaves(property.PropertyType, $"{prefix}{property.Name}:") : [prefix + property.Name]) yield return leaf;
        }
    }
}
