namespace Interop.Tests;

/// <summary>socket.io-client 4.8.4: Engine.IO 4, Socket.IO 5.</summary>
public sealed class ScenarioTestsOfClient4() : ScenarioTests(client: 4);
