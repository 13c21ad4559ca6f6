namespace Interop.Tests.Tutorials;

/// <summary>What the tutorial keeps in a database: messages with a growing id, and a key of the sender's that is unique.</summary>
internal sealed class MessageTable
{
    private readonly Lock _gate = new();
    private readonly List<Message> _messages = [];
    private readonly HashSet<string> _keys = [];

    /// <summary>Raised after each attempt to insert, with whether it was the first with its key.</summary>
    public event Action<bool>? Inserted;

    public IReadOnlyList<Message> After(long id)
    {
        lock (_gate) return [.. _messages.Where(message => message.Id > id)];
    }

    /// <summary>Stores a message and gives its id; null where the key is known.</summary>
    public long? Insert(string text, string key)
    {
        Message? message = null;
        lock (_gate)
        {
            if (_keys.Add(key)) _messages.Add(message = new Message(_messages.Count + 1, text));
        }

        Inserted?.Invoke(message is not null);
        return message?.Id;
    }

    internal sealed record Message(long Id, string Text);
}
