namespace Interop.Tests;

/// <summary>socket.io-client 2.5.0: Engine.IO 3, Socket.IO 4, served where <c>AllowEIO3</c> is on.</summary>
public sealed class ScenarioTestsOfClient2() : ScenarioTests(client: 2);
