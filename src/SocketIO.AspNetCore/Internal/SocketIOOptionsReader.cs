using EngineIO.AspNetCore;

namespace SocketIO.AspNetCore.Internal;

/// <summary>Reads <see cref="SocketIOOptions"/> from the configuration.</summary>
internal static class SocketIOOptionsReader
{
    public static void Read(OptionsSection section, SocketIOOptions options)
    {
        EngineOptionsReader.Read(section, options);
        section.Time(nameof(options.ConnectTimeout), value => options.ConnectTimeout = value);
        section.Flag(nameof(options.ServeClient), value => options.ServeClient = value);
        section.Number<int>(nameof(options.MaxConcurrentHandlers), value => options.MaxConcurrentHandlers = value);
        section.Number<int>(nameof(options.MaxQueuedEvents), value => options.MaxQueuedEvents = value);
        section.Number<int>(nameof(options.MaxNamespacesPerConnection), value => options.MaxNamespacesPerConnection = value);
        section.Flag(nameof(options.EnableDetailedErrors), value => options.EnableDetailedErrors = value);
        section.InCode(nameof(options.Adapter), nameof(options.Parser), nameof(options.SerializerOptions));
    }
}
