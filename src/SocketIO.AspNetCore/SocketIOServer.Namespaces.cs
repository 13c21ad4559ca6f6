using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using SocketIO.AspNetCore.Adapters;

namespace SocketIO.AspNetCore;

// Namespaces: those of the application, and the children of parent namespaces, which clients bring into being.
public sealed partial class SocketIOServer
{
    // Lazy, so that of two threads that ask for a new namespace one makes it, and its adapter.
    private readonly ConcurrentDictionary<string, Lazy<ServerNamespace>> _namespaces = new(StringComparer.Ordinal);
    private ImmutableArray<ParentNamespace> _parents = [];
    private Func<ServerNamespace, IAdapter>? _adapter;
    private int _parentsMade;
    private int _children;

    /// <summary>A namespace other than the main one was made (<c>new_namespace</c>): by <see cref="Of(string)"/>, or for the first client of a dynamic namespace, who waits
    /// until the handlers have returned.</summary>
    public event Action<ServerNamespace>? NamespaceCreated;

    /// <summary>The main namespace.</summary>
    public ServerNamespace Sockets { get; }

    /// <summary>The namespaces at this moment, by name. Parent namespaces are not among them.</summary>
    public IReadOnlyDictionary<string, ServerNamespace> Namespaces =>
        _namespaces.ToDictionary(static pair => pair.Key, static pair => pair.Value.Value, StringComparer.Ordinal);

    /// <summary>Gives a namespace, and makes it when it is asked for the first time: as a child of the first parent namespace whose pattern it matches, or as one of its own.
    /// Clients can join it from then on.</summary>
    /// <param name="name">The name; a missing leading slash is added.</param>
    /// <returns>The same object for the same name, unless it was an empty child and has been removed
    /// (<see cref="SocketIOOptions.CleanupEmptyChildNamespaces"/>).</returns>
    public ServerNamespace Of(string name) => Get(name, handler: null);

    /// <summary>Gives a namespace as <see cref="Of(string)"/> does, and adds a connection handler to it, before clients can join it where it is new.</summary>
    /// <param name="name">The name; a missing leading slash is added.</param>
    /// <param name="handler">The handler; see <see cref="ServerNamespace.OnConnection"/>.</param>
    public ServerNamespace Of(string name, Func<ServerSocket, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Get(name, handler);
    }

    /// <summary>Makes a parent namespace: a client that asks for a namespace that is not there, and whose name matches, makes it. Parents are asked in the order in which they
    /// were made.</summary>
    /// <param name="pattern">The names of its children, with the leading slash, e.g. <c>^/workspace-[0-9]+\z</c>. Anchor it, and remember that <c>\d</c> means the digits of all
    /// scripts and that <c>$</c> also matches before a final line feed. One without a <see cref="Regex.MatchTimeout"/> is given one of 100 ms, since clients choose what it is
    /// matched against; where the time is up the name does not match. With <see cref="RegexOptions.NonBacktracking"/> no name is costly.</param>
    public ParentNamespace Of(Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Add(new ParentNamespace(this, NextParentName(), pattern));
    }

    /// <summary>Makes a parent namespace as <see cref="Of(Regex)"/> does, with a connection handler.</summary>
    /// <param name="pattern">The names of its children.</param>
    /// <param name="handler">The handler; see <see cref="ServerNamespace.OnConnection"/>.</param>
    public ParentNamespace Of(Regex pattern, Func<ServerSocket, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Add(new ParentNamespace(this, NextParentName(), pattern), handler);
    }

    /// <summary>Makes a parent namespace: a client that asks for a namespace that is not there makes it where the function says so.</summary>
    /// <param name="predicate">Gets the name, and what the client said when it connected, its auth payload included. An exception is logged, raised as
    /// <see cref="HandlerError"/>, and means no. It is asked until the namespace is there: to guard that, use a middleware.</param>
    public ParentNamespace Of(Func<string, Handshake, ValueTask<bool>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Add(new ParentNamespace(this, NextParentName(), predicate));
    }

    /// <summary>Makes a parent namespace as <see cref="Of(Func{string, Handshake, ValueTask{bool}})"/> does, with a connection handler.</summary>
    /// <param name="predicate">Gets the name, and what the client said when it connected.</param>
    /// <param name="handler">The handler; see <see cref="ServerNamespace.OnConnection"/>.</param>
    public ParentNamespace Of(Func<string, Handshake, ValueTask<bool>> predicate, Func<ServerSocket, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Add(new ParentNamespace(this, NextParentName(), predicate), handler);
    }

    /// <summary>Gives all namespaces, present and future, another adapter; for the set-up, as the option <see cref="SocketIOOptions.Adapter"/> is. Sockets that are connected
    /// keep their rooms, but one that joins or leaves a room at this very moment may come out wrong. The adapters until now are closed; disconnected sessions that they
    /// stored cannot be recovered any more.</summary>
    /// <param name="adapter">Makes the adapter of each namespace.</param>
    public void SetAdapter(Func<ServerNamespace, IAdapter> adapter)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        System.Threading.Volatile.Write(ref _adapter, adapter);
        foreach (var ns in Namespaces.Values) ns.ReplaceAdapter(adapter(ns));
    }

    internal IAdapter CreateAdapter(ServerNamespace ns) =>
        System.Threading.Volatile.Read(ref _adapter)?.Invoke(ns) ?? (ns.Recovers ? new SessionAwareAdapter(ns) : new InMemoryAdapter(ns));

    /// <summary>Lets a client enter the namespace that it asks for; null where it is not there.</summary>
    internal ServerNamespace? Enter(string name) => Find(name) is { } ns && ns.TryEnter() ? ns : null;

    /// <summary>Lets a client enter a namespace that the first parent to allow it makes; null where none does.</summary>
    internal async ValueTask<ServerNamespace?> EnterChildAsync(string name, ClientConnection client, Payload auth)
    {
        var parents = _parents;
        if (parents.IsEmpty || name.Length > Options.MaxNamespaceLength) return null;
        var handshake = new Handshake(client.Session.Handshake, auth, Serializer, TimeProvider.GetUtcNow());
        foreach (var parent in parents)
        {
            if (!await parent.AllowsAsync(name, handshake).ConfigureAwait(false)) continue;
            return client.IsOpen ? EnterChild(name, parent) : null;
        }

        return null;
    }

    internal void Remove(ServerNamespace child)
    {
        if (_namespaces.TryGetValue(child.Name, out var stored) && stored.Value == child) _namespaces.TryRemove(KeyValuePair.Create(child.Name, stored));
        Interlocked.Decrement(ref _children);
    }

    private ServerNamespace? EnterChild(string name, ParentNamespace parent)
    {
        while (true)
        {
            if (Find(name) is null && System.Threading.Volatile.Read(ref _children) is var count && count >= Options.MaxChildNamespaces)
            {
                LogTooManyChildren(_log, count);
                return null;
            }

            ServerNamespace ns;
            try
            {
                ns = Make(name, parent);
            }
            catch (Exception exception)
            {
                ReportHandlerError(HandlerErrorSource.DynamicNamespace, exception, parent);
                return null;
            }

            // Otherwise the last client left this moment, and took the namespace along.
            if (ns.TryEnter()) return ns;
        }
    }

    private ServerNamespace Get(string name, Func<ServerSocket, ValueTask>? handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.StartsWith('/')) name = "/" + name;
        if (Find(name) is { } existing)
        {
            if (handler is not null) existing.OnConnection(handler);
            return existing;
        }

        var parent = _parents.FirstOrDefault(parent => parent.Matches(name));
        if (parent is not null) LogAttaching(_log, name, parent.Pattern!);
        return Make(name, parent, handler);
    }

    private ServerNamespace? Find(string name) => _namespaces.TryGetValue(name, out var found) && found.Value is { IsGone: false } ns ? ns : null;

    private ServerNamespace Make(string name, ParentNamespace? parent, Func<ServerSocket, ValueTask>? handler = null)
    {
        while (true)
        {
            var made = new Lazy<ServerNamespace>(() => Create(name, parent));
            var stored = _namespaces.GetOrAdd(name, made);
            ServerNamespace ns;
            try
            {
                ns = stored.Value;
            }
            catch
            {
                // The adapter could not be made; the next one who asks tries again.
                _namespaces.TryRemove(KeyValuePair.Create(name, stored));
                throw;
            }

            if (ns.IsGone)
            {
                _namespaces.TryRemove(KeyValuePair.Create(name, stored));
                continue;
            }

            if (handler is not null) ns.OnConnection(handler);
            if (stored != made)
            {
                if (parent is not null) LogDynamicExists(_log, name);
                return ns;
            }

            if (name != SocketProtocol.MainNamespace) RaiseNamespaceCreated(ns);
            if (parent is not null) LogDynamicCreated(_log, name);
            ns.SetReady();
            return ns;
        }
    }

    private ServerNamespace Create(string name, ParentNamespace? parent)
    {
        ServerNamespace ns;
        if (parent is null)
        {
            LogInitializing(_log, name);
            ns = new ServerNamespace(this, name, CreateAdapter);
        }
        else
        {
            ns = parent.CreateChild(name);
            Interlocked.Increment(ref _children);
        }

        _ = ns.InitializeAsync();
        return ns;
    }

    private string NextParentName() => $"/_{Interlocked.Increment(ref _parentsMade) - 1}";

    private ParentNamespace Add(ParentNamespace parent, Func<ServerSocket, ValueTask>? handler = null)
    {
        LogInitializingParent(_log, parent.Name);
        if (handler is not null) parent.OnConnection(handler);
        ImmutableInterlocked.Update(ref _parents, static (parents, added) => parents.Add(added), parent);
        return parent;
    }

    private void RaiseNamespaceCreated(ServerNamespace ns)
    {
        try
        {
            NamespaceCreated?.Invoke(ns);
        }
        catch (Exception exception)
        {
            ReportHandlerError(HandlerErrorSource.Lifecycle, exception, ns);
        }
    }
}
