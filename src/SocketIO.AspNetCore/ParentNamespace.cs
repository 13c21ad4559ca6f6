using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore.Adapters;

namespace SocketIO.AspNetCore;

/// <summary>The parent of dynamic namespaces, which come into being when the first client asks for one of them. It has no sockets of its own: what is sent to it reaches those
/// of all its <see cref="Children"/>.</summary>
/// <remarks>
/// <para>A child begins with a copy of the parent's middlewares, connection handlers and event handlers; what the parent is told later does not reach children that are there
/// already.</para>
/// <para>Thread-safe. Source: https://socket.io/docs/v4/namespaces/#dynamic-namespaces.</para>
/// </remarks>
public sealed partial class ParentNamespace : ServerNamespace
{
    // For patterns without a limit of their own: what one name may cost.
    private static readonly TimeSpan DefaultMatchTimeout = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<ServerNamespace, byte> _children = new();
    private readonly Func<string, Handshake, ValueTask<bool>>? _predicate;

    internal ParentNamespace(SocketIOServer server, string name, Regex pattern)
        : base(server, name, static self => new ParentAdapter((ParentNamespace)self)) =>
        Pattern = pattern.MatchTimeout == Regex.InfiniteMatchTimeout ? new Regex(pattern.ToString(), pattern.Options, DefaultMatchTimeout) : pattern;

    internal ParentNamespace(SocketIOServer server, string name, Func<string, Handshake, ValueTask<bool>> predicate)
        : base(server, name, static self => new ParentAdapter((ParentNamespace)self)) =>
        _predicate = predicate;

    /// <summary>The children at this moment.</summary>
    public IReadOnlyCollection<ServerNamespace> Children => [.. _children.Keys];

    /// <summary>The names of the children; null where a function decides.</summary>
    internal Regex? Pattern { get; }

    /// <summary>Whether a child of this name may be made for a client.</summary>
    internal async ValueTask<bool> AllowsAsync(string name, Handshake handshake)
    {
        if (_predicate is null) return Matches(name);
        try
        {
            return await _predicate(name, handshake).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Server.ReportHandlerError(HandlerErrorSource.DynamicNamespace, exception, this);
            return false;
        }
    }

    /// <summary>Whether the name matches the pattern; false where there is none.</summary>
    internal bool Matches(string name)
    {
        try
        {
            return Pattern?.IsMatch(name) == true;
        }
        catch (RegexMatchTimeoutException)
        {
            LogTimeout(Server.Loggers.ParentNamespace, Pattern!, name.Length);
            return false;
        }
    }

    internal ServerNamespace CreateChild(string name)
    {
        LogCreating(Server.Loggers.ParentNamespace, name);
        var child = new ServerNamespace(Server, name, Server.CreateAdapter, this);
        _children[child] = 0;
        return child;
    }

    /// <summary>The last socket has left a child.</summary>
    internal void Remove(ServerNamespace child)
    {
        LogClosing(Server.Loggers.ParentNamespace, child.Name);
        _children.TryRemove(child, out _);
        Server.Remove(child);
        _ = child.CloseAdapterAsync();
    }

    [LoggerMessage(1, LogLevel.Debug, "creating child namespace {Namespace}")]
    private static partial void LogCreating(ILogger logger, string @namespace);

    [LoggerMessage(2, LogLevel.Debug, "closing child namespace {Namespace}")]
    private static partial void LogClosing(ILogger logger, string @namespace);

    [LoggerMessage(3, LogLevel.Warning, "The pattern {Pattern} took too long for a name of {Length} characters; it counts as one that does not match.")]
    private static partial void LogTimeout(ILogger logger, Regex pattern, int length);
}
