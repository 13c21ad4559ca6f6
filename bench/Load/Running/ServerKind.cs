using Load.Polling;
using Load.Wires;

namespace Load.Running;

/// <summary>A server to be measured.</summary>
/// <param name="Name">What <c>--servers</c> calls it, and the head of its column.</param>
/// <param name="Command">The program and its arguments, to which the port is appended.</param>
/// <param name="Wire">What it speaks.</param>
internal sealed record ServerKind(string Name, IReadOnlyList<string> Command, IWire Wire)
{
    /// <summary>What it speaks over HTTP, if anything.</summary>
    public IPollingWire? Polling { get; init; }
}
