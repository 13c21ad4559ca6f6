using EngineIO.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace SocketIO.Client.Internal;

/// <summary>Completes options with what the container has, and tells what is wrong with them.</summary>
internal sealed class SocketManagerOptionsSetup(IServiceProvider services) : IPostConfigureOptions<SocketManagerOptions>, IValidateOptions<SocketManagerOptions>
{
    private static readonly Uri s_anyServer = new("http://localhost");

    public void PostConfigure(string? name, SocketManagerOptions options)
    {
        if (options.LoggerFactory is NullLoggerFactory && services.GetService<ILoggerFactory>() is { } loggers) options.LoggerFactory = loggers;
        if (options.TimeProvider == TimeProvider.System && services.GetService<TimeProvider>() is { } time) options.TimeProvider = time;
    }

    public ValidateOptionsResult Validate(string? name, SocketManagerOptions options)
    {
        try
        {
            options.ValidateManager();
            _ = new EngineClient(s_anyServer, options);
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is ArgumentException or PlatformNotSupportedException)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }
}
