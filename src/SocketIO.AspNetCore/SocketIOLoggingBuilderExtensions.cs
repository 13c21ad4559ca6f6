using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SocketIO.Diagnostics;

namespace Microsoft.Extensions.Logging;

/// <summary>Shows what servers do as the official server does.</summary>
public static class SocketIOLoggingBuilderExtensions
{
    /// <summary>Writes what the loggers of Engine.IO and Socket.IO say to the standard error stream, in the form of the official server with the environment variable
    /// <c>DEBUG</c>: <c>scope message +12ms</c>. It shows what clients send, ids and credentials included: for development.</summary>
    /// <param name="builder">The logging.</param>
    /// <param name="names">Which scopes: names separated by commas or spaces, <c>*</c> for anything, <c>-</c> before those to leave out, such as
    /// <c>engine*,socket.io*,-engine:ws</c>. Null for the value of <c>DEBUG</c>; where that is not set either, nothing is written.</param>
    public static ILoggingBuilder AddSocketIODebug(this ILoggingBuilder builder, string? names = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var scopes = new DebugScopes(names ?? Environment.GetEnvironmentVariable("DEBUG") ?? "");
        if (scopes.IsEmpty) return builder;
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, DebugLoggerProvider>(
            provider => new DebugLoggerProvider(System.Console.Error, scopes, provider.GetService<TimeProvider>() ?? TimeProvider.System)));
        return builder.AddFilter<DebugLoggerProvider>((category, _) => category is not null && scopes.Contains(category));
    }
}
