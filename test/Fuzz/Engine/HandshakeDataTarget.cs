using EngineIO;
using Fuzz.Inputs;

namespace Fuzz.Engine;

/// <summary>The data of the open packet.</summary>
public sealed class HandshakeDataTarget : FuzzTarget
{
    private static readonly byte[][] s_corpus = FuzzInput.Utf8(
        "{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}",
        "{\"pingTimeout\":1e3,\"x\":{\"y\":[{}]},\"sid\":\"\\u0041\",\"upgrades\":[],\"pingInterval\":0}",
        "{\"sid\":\"a\",\"sid\":\"b\",\"upgrades\":[\"a\",\"b\"],\"pingInterval\":1,\"pingTimeout\":1.5}");

    public override FuzzMessage[] Next(FuzzInput input) =>
        [input.Chance(4) ? FuzzMessage.Text(JsonGrammar.Value(input)) : new(input.Mutate(s_corpus, EngineCorpus.Tokens))];

    public override void Check(FuzzMessage[] messages)
    {
        foreach (var message in messages)
        {
            // An exception of the JSON reader is caught within; its text and trace are what the constant is for.
            var data = Within(40L * message.Data.Length + 64_000, () => EngineHandshakeData.TryParse(message.Data, out var parsed) ? parsed : null);
            if (data is null) continue;
            Assert.NotEmpty(data.Sid);
            Assert.True(data.PingInterval >= TimeSpan.Zero && data.PingTimeout >= TimeSpan.Zero);
            Assert.True(EngineHandshakeData.TryParse(data.ToFrame().Bytes.Span[1..], out var again));
            Assert.Equal((data.Sid, string.Join(' ', data.Upgrades), data.MaxPayload), (again.Sid, string.Join(' ', again.Upgrades), again.MaxPayload));
        }
    }
}
