namespace TestKit;

/// <summary>Which way a fault of a <see cref="FaultyProxy"/> lies.</summary>
public enum FaultyDirection
{
    Both,
    ToServer,
    ToClient,
}
