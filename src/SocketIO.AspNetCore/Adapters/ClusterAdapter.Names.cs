namespace SocketIO.AspNetCore.Adapters;

// Which servers are silent: those that the store lists, else those that were heard of before.
public abstract partial class ClusterAdapter
{
    private static readonly TimeSpan s_listTimeout = TimeSpan.FromSeconds(1);

    private readonly SeenServers _seen;

    /// <summary>The servers that are up, as far as the store knows: <see cref="ServerId"/>, then the name that people know it by. Asked for when a server does not answer,
    /// and given up after a second. By default it lists none.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    protected virtual ValueTask<IReadOnlyDictionary<string, string>> ListServersAsync(CancellationToken cancellationToken = default) =>
        new(new Dictionary<string, string>());

    /// <summary>Names the servers that have not answered.</summary>
    internal async ValueTask<IReadOnlyList<string>> NameAsync(Silence silence)
    {
        if (silence.Count == 0) return [];
        var names = await TryListServersAsync().ConfigureAwait(false);
        var silent = (silence.Servers ?? names.Keys).Where(IsSilent).ToList();
        // One that answered without a name may be any of those that the store does not list.
        if (silence.Servers is null && !silence.Answered.Contains(""))
        {
            var others = _seen.Latest.Where(server => IsSilent(server) && !names.ContainsKey(server));
            silent.AddRange(others.Take((silence.Count ?? int.MaxValue) - silent.Count));
        }

        var unknown = silence.Count - silent.Count;
        var texts = silent.ConvertAll(server => names.GetValueOrDefault(server, server));
        if (unknown == 1) texts.Add("1 server of unknown name");
        else if (unknown > 1) texts.Add($"{unknown} servers of unknown name");
        else if (texts.Count == 0) texts.Add("servers of unknown number and name");
        return texts;

        bool IsSilent(string server) => server != ServerId && !silence.Answered.Contains(server);
    }

    private async ValueTask<IReadOnlyDictionary<string, string>> TryListServersAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(s_listTimeout, TimeProvider);
            return await ListServersAsync(limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogListFailed(_log, exception, ServerId);
            return new Dictionary<string, string>();
        }
    }
}
