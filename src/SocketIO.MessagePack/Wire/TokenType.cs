namespace SocketIO.MessagePack.Wire;

/// <summary>What a MessagePack value is, whichever of its forms it has.</summary>
internal enum TokenType : byte
{
    Nil,

    /// <summary>JavaScript's <c>undefined</c>.</summary>
    Undefined,

    False,

    True,

    /// <summary>A number that a <see cref="long"/> holds.</summary>
    Integer,

    /// <summary>An integer that only a <see cref="ulong"/> holds.</summary>
    Unsigned,

    Float,

    String,

    Binary,

    /// <summary>A point in time, in milliseconds since 1970.</summary>
    Date,

    Array,

    Map,
}
