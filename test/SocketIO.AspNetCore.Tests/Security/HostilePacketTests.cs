using SocketIO.Parsing;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Security;

/// <summary>Packets that no client writes: their connection ends, and nothing else does.</summary>
public sealed class HostilePacketTests
{
    private const string Secret = Neighbourhood.Secret;
    private const string First = """{"_placeholder":true,"num":0}""";

    [Theory, Trait("Spec", "SEC-SIO-01")]
    [InlineData($$"""2[{"toString":"{{Secret}}"}]""")]
    [InlineData("2[]")]
    [InlineData("2{}")]
    [InlineData("2null")]
    [InlineData("2[null]")]
    [InlineData("2[[]]")]
    public Task AnEventWithoutANameIsClosed(string packet) => AssertClosedAsync(packet);

    [Fact, Trait("Spec", "SEC-SIO-01")]
    public async Task ANumberIsAName()
    {
        await using var place = await Neighbourhood.StartAsync();
        await using var client = await place.Server.ConnectAsync();
        await client.SendAsync("42[1]");
        await place.Events.UntilAsync("1");
        await client.SyncAsync();
        await place.AssertUnharmedAsync();
    }

    [Theory, Trait("Spec", "SEC-SIO-02")]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    [InlineData("disconn\\u0065ct")]
    public Task AReservedNameIsClosed(string name) => AssertClosedAsync($"2[\"{name}\",\"{Secret}\"]");

    [Fact, Trait("Spec", "SEC-SIO-02")]
    public async Task ErrorIsAnOrdinaryName()
    {
        var errors = new Trace();
        await using var place = await Neighbourhood.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On<string>("error", errors.Add);
            socket.OnError(error => errors.Add("raised: " + error.Message));
        }));
        await using var client = await place.Server.ConnectAsync();
        await client.SendAsync($"42[\"error\",\"{Secret}\"]");
        await errors.UntilAsync(Secret);
        await client.SyncAsync();
        Assert.Equal([Secret], errors.Lines);
        await place.AssertUnharmedAsync();
    }

    [Theory, Trait("Spec", "SEC-SIO-03")]
    [InlineData("""5999999999999999999-["a"]""")]
    [InlineData("""52147483648-["a"]""")]
    [InlineData("""511-["a"]""")]
    [InlineData("""50-["a"]""")]
    [InlineData("""5-["a"]""")]
    [InlineData("""5-1-["a"]""")]
    [InlineData("""551e1-["a"]""")]
    [InlineData("""5["a"]""")]
    [InlineData("""61-{}""")]
    public Task ACountThatNobodySendsIsClosed(string packet) => AssertClosedAsync(packet);

    [Theory, Trait("Spec", "SEC-SIO-03")]
    [InlineData("b")]
    [InlineData($$"""51-["a",{{First}}]""", "t")]
    [InlineData($$"""51-["a",{{First}}]""", "1")]
    [InlineData($$"""52-["a",{{First}}]""", "b", "t")]
    public Task FramesThatDoNotFitAreClosed(params string[] frames) => AssertClosedAsync(frames);

    [Fact, Trait("Spec", "SEC-SIO-03")]
    public async Task OneFrameMoreThanAnnouncedIsClosed()
    {
        await using var place = await Neighbourhood.StartAsync();
        await using var client = await place.Server.ConnectAsync();
        await client.SendAsync($"451-[\"a\",{First}]");
        await client.SendAsync([1]);
        await place.Events.UntilAsync("a");
        await client.SendAsync([2]);
        Assert.True((await client.ReceiveEndAsync()).IsEnd);
        Assert.Single(place.Server.Debug!.Of("socket.io:client"), "invalid packet format");
        await place.AssertUnharmedAsync();
    }

    [Fact, Trait("Spec", "SEC-SIO-03")]
    public async Task TheLimitsOfAttachmentsAreOptions()
    {
        var parser = new JsonPacketParser(new() { MaxAttachments = 2, MaxAttachmentBytes = 10 });
        await using var place = await Neighbourhood.StartAsync(options: options => options.Parser = parser);
        await using (var many = await place.Server.ConnectAsync())
        {
            await many.SendAsync($"453-[\"a\",{First}]");
            await place.AssertClosedAloneAsync(many);
        }

        await using var large = await place.Server.ConnectAsync();
        await large.SendAsync($"452-[\"a\",{First}]");
        await large.SendAsync(new byte[5]);
        await large.SendAsync(new byte[6]);
        Assert.True((await large.ReceiveEndAsync()).IsEnd);
        await Deadline.UntilAsync(() => place.Server.Io.Engine.ClientsCount == 1, "the connection to go");
        Assert.Empty(place.Events.Lines);
        await place.AssertUnharmedAsync();
    }

    [Fact, Trait("Spec", "SEC-SIO-03")]
    public async Task HalfAPacketIsLetGoWithItsConnection()
    {
        const int Clients = 6, Attachments = 9, Size = 900_000;
        await using var place = await Neighbourhood.StartAsync();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var clients = new List<TestClient>();
        for (int i = 0; i < Clients; i++)
        {
            var client = await place.Server.ConnectAsync();
            clients.Add(client);
            await client.SendAsync($"4510-[\"{Secret}\",{First}]");
            for (int j = 0; j < Attachments; j++) await client.SendAsync(new byte[Size]);
        }

        foreach (var client in clients) client.Raw.WebSocket.Reset();
        await Deadline.UntilAsync(() => place.Server.Io.Engine.ClientsCount == 1, "the connections to go");
        await Deadline.UntilAsync(() => GC.GetTotalMemory(forceFullCollection: true) - before < Clients * Attachments * Size / 2, "the memory to be free again");
        Assert.Empty(place.Events.Lines);
        await place.AssertUnharmedAsync();
    }

    [Theory, Trait("Spec", "SEC-SIO-04")]
    [InlineData("\"0\"")]
    [InlineData("\"splice\"")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1")]
    [InlineData("4294967296")]
    [InlineData("null")]
    [InlineData("[0]")]
    public Task APlaceholderOfNothingIsClosed(string number) => AssertClosedAsync($$"""51-["{{Secret}}",{"_placeholder":true,"num":{{number}}}]""");

    [Fact, Trait("Spec", "SEC-SIO-04")]
    public async Task APlaceholderWithoutANumberIsClosedAndARepeatedOneIsLimited()
    {
        await AssertClosedAsync($$"""51-["{{Secret}}",{"_placeholder":true}]""");
        await AssertClosedAsync($"51-[\"a\"{string.Concat(Enumerable.Repeat("," + First, 11))}]");
    }

    [Theory, Trait("Spec", "SEC-SIO-07")]
    [InlineData("[", 100_000, "]")]
    [InlineData("{\"a\":", 100_000, "}")]
    [InlineData("[", 100_000, "")]
    [InlineData("[", 64, "]")]
    public async Task DepthIsCapped(string open, int depth, string close)
    {
        string value = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
        await AssertClosedAsync($"2[\"{Secret}\",{value}]");
        await AssertClosedAsync($"51-[\"{Secret}\",{value}]");
    }

    [Theory, Trait("Spec", "SEC-SIO-07")]
    [InlineData("1e400")]
    [InlineData("""{"a":1,"a":2,"__proto__":{"a":3}}""")]
    [InlineData("""["\ud800","\udc00\ud800"]""")]
    public async Task StrangeJsonIsData(string value)
    {
        await using var place = await Neighbourhood.StartAsync(io => io.OnConnection(socket => socket.On<System.Text.Json.JsonElement>("e", _ => { })));
        await using var client = await place.Server.ConnectAsync();
        await client.SendAsync($"42[\"e\",{value}]");
        await place.Events.UntilAsync("e");
        await client.SyncAsync();
        await place.AssertUnharmedAsync();
    }

    [Theory, Trait("Spec", "SEC-SIO-08")]
    [InlineData("""{"$type":"System.IO.FileInfo, System.Private.CoreLib","FileName":"/tmp/x"}""")]
    [InlineData("""{"$type":"SocketIO.AspNetCore.Tests.Security.HostilePacketTests+Dangerous"}""")]
    [InlineData("""{"$id":"1","$type":"Dangerous","$ref":"1"}""")]
    [InlineData("""{"__type":"Dangerous:#SocketIO.AspNetCore.Tests.Security"}""")]
    public async Task ANameOfATypeIsData(string value)
    {
        var received = new Trace();
        await using var place = await Neighbourhood.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On<object>("object", argument => received.Add(argument.GetType().Name));
            socket.On<Harmless>("base", argument => received.Add(argument.GetType().Name));
            socket.On<IDictionary<string, object>>("map", argument => received.Add(string.Join(' ', argument.Values.Select(item => item.GetType().Name).Distinct())));
        }));
        await using var client = await place.Server.ConnectAsync();
        foreach (string name in (string[])["object", "base", "map"]) await client.SendAsync($"42[\"{name}\",{value}]");
        await received.UntilAsync(3);
        Assert.Equal([nameof(System.Text.Json.JsonElement), nameof(Harmless), nameof(System.Text.Json.JsonElement)], received.Lines);
        Assert.Equal(0, Dangerous.Made);
        await place.AssertUnharmedAsync();
    }

    /// <summary>Each frame: <c>b</c> for one of bytes, <c>t</c> for an event, else the packet.</summary>
    private static async Task AssertClosedAsync(params string[] frames)
    {
        await using var place = await Neighbourhood.StartAsync();
        await using var client = await place.Server.ConnectAsync();
        foreach (string frame in frames)
        {
            if (frame == "b") await client.SendAsync([1, 2, 3]);
            else await client.SendAsync("4" + (frame == "t" ? $"2[\"{Secret}\"]" : frame));
        }

        await place.AssertClosedAloneAsync(client);
    }

    private class Harmless
    {
        public string? FileName { get; set; }
    }

    private sealed class Dangerous : Harmless
    {
        public Dangerous() => Made++;

        public static int Made { get; private set; }
    }
}
