using Microsoft.Extensions.Options;

namespace SocketIO.Redis;

/// <summary>Stops the start with options that are wrong.</summary>
internal sealed class RedisOptionsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : RedisOptions
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        options.Check() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
