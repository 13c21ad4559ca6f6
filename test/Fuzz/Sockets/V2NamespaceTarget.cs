using System.Text;
using System.Text.Json;
using Fuzz.Inputs;
using SocketIO.AspNetCore.Internal;

namespace Fuzz.Sockets;

/// <summary>The namespaces of 2.x clients, which carry a query.</summary>
public sealed class V2NamespaceTarget : FuzzTarget
{
    private static readonly byte[][] s_corpus = FuzzInput.Utf8("/", "/a", "/a?b=c", "/a?b=c&d=%20%C3%A9+x&b=e", "/?a", "?a=b", "/a?b=%F0%9F%98%80&=&&c=");

    private static readonly byte[][] s_tokens =
    [
        [0xC3], [0xFF], .. FuzzInput.Utf8("?", "&", "=", "%", "%2", "%00", "%ED%A0%80", "%D8%3D", "%FF%FE", "+", "\"", "\\", "\\u0000", "😀", "\0", "a=b&", "__proto__=1", "%25", "#"),
    ];

    public override FuzzMessage[] Next(FuzzInput input) => [new(input.Mutate(s_corpus, s_tokens))];

    public override void Check(FuzzMessage[] messages)
    {
        foreach (var message in messages)
        {
            string text = Encoding.UTF8.GetString(message.Data);
            string name = V2Namespace.NameOf(text);
            Assert.StartsWith(name, text, StringComparison.Ordinal);
            Assert.DoesNotContain('?', name);

            // A string of each name and value, decoded and not, in a table that doubles, and six bytes of JSON for a byte at the worst.
            var auth = Within(200L * message.Data.Length + 16_000, () => V2Namespace.AuthOf(text));
            if (auth.IsEmpty) continue;
            using var json = JsonDocument.Parse(auth.Json);
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
            Assert.All(json.RootElement.EnumerateObject().Take(100), property => Assert.Equal(JsonValueKind.String, property.Value.ValueKind));
        }
    }
}
