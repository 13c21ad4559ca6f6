namespace EngineIO;

/// <summary>The revision of the Engine.IO protocol that a session speaks (query parameter <c>EIO</c>).</summary>
public enum EngineRevision : byte
{
    /// <summary>Revision 3: Socket.IO 1.x and 2.x clients. The client pings; payloads carry lengths.</summary>
    V3 = 3,

    /// <summary>Revision 4: Socket.IO 3.x and 4.x clients. The server pings; payloads carry separators.</summary>
    V4 = 4,
}
