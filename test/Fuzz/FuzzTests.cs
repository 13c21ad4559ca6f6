using Fuzz.Engine;
using Fuzz.Sockets;

namespace Fuzz;

/// <summary>
/// Whatever arrives, a decoder returns: no exception, no loop, no more memory than the input is worth, nothing of one connection with another. The
/// cases are the same each day; <see cref="FuzzSettings"/> says how to run others and for longer.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    // Of the live server: test/Fuzz/Live.
    internal const double LiveShare = 0.25;

    public static TheoryData<FuzzTarget> Targets =>
    [
        new EngineFrameTarget(), new EnginePayloadTarget(), new WebSocketFrameTarget(), new HandshakeDataTarget(), new EngineRequestTarget(), new JsonParserTarget(),
        new MessagePackParserTarget(), new ArgumentsTarget(), new V2NamespaceTarget(), new ClusterCodecTarget(), new RecoveryTarget(),
    ];

    [Theory]
    [Trait("Spec", "SIO-LIM-05")]
    [Trait("Spec", "SRV-SEC-01")]
    [MemberData(nameof(Targets), DisableDiscoveryEnumeration = true)]
    public Task Whatever_arrives_a_decoder_returns(FuzzTarget target) => new FuzzRun(target).RunAsync(FuzzSettings.Total * (1 - LiveShare) / Targets.Count, output);
}
