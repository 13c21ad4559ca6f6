namespace Interop.Tests;

/// <summary>socket.io-client 4.8.4 with socket.io-msgpack-parser 3.0.2.</summary>
[Trait("Spec", "SRV-OPT-04")]
[Trait("Spec", "SIO-MSG-09")]
[Trait("Spec", "SIO-MSG-10")]
public sealed class ScenarioTestsOfMessagePack() : ScenarioTests(client: 4, parser: "msgpack");
