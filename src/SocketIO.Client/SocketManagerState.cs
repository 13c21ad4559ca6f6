namespace SocketIO.Client;

/// <summary>The state of a manager's connection.</summary>
public enum SocketManagerState
{
    /// <summary>There is no connection; an attempt may be scheduled.</summary>
    Closed,

    /// <summary>An attempt is on its way.</summary>
    Opening,

    /// <summary>The connection is open.</summary>
    Open,
}
