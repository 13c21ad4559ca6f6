namespace Conformance.Tests.Socket5;

public sealed class DecodeTests(ConformanceServers servers) : Socket5Tests(servers)
{
    [Theory]
    [InlineData("SIO-DEC-03", "4abc")]
    [InlineData("SIO-DEC-03", "47")]
    [InlineData("SIO-DEC-03", "4/")]
    [InlineData("SIO-DEC-03", "49")]
    [InlineData("EIO-PKT-10", "4")]
    [InlineData("SIO-DEC-04", "42{}")]
    [InlineData("SIO-DEC-04", "42[]")]
    [InlineData("SIO-DEC-04", "42[true,\"a\"]")]
    [InlineData("SIO-DEC-04", "42[null,\"a\"]")]
    [InlineData("SEC-SIO-01", "42[{\"toString\":\"foo\"}]")]
    [InlineData("SEC-SIO-01", "42null")]
    [InlineData("SEC-SIO-01", "42[[]]")]
    [InlineData("SIO-DEC-04", "42[\"a\"")]
    [InlineData("SIO-DEC-04", "42abc[\"a\"]")]
    [InlineData("SIO-DEC-04", "42[\"e\"]x")]
    [InlineData("SIO-JSON-07", "42[\"e\",]")]
    [InlineData("SIO-JSON-07", "42['e']")]
    [InlineData("SIO-JSON-07", "42[\"e\",NaN]")]
    [InlineData("SIO-JSON-07", "42[\"e\"/**/]")]
    [InlineData("SIO-DEC-05", "42[\"connect\"]")]
    [InlineData("SIO-DEC-05", "42[\"connect_error\"]")]
    [InlineData("SIO-DEC-05", "42[\"disconnect\"]")]
    [InlineData("SIO-DEC-05", "42[\"disconnecting\"]")]
    [InlineData("SIO-DEC-05", "42[\"newListener\"]")]
    [InlineData("SEC-SIO-02", "42[\"removeListener\",1]")]
    [InlineData("SEC-SIO-02", "42[\"disconnect\\u0069ng\"]")]
    [InlineData("SIO-DEC-09", "43{}")]
    [InlineData("SIO-DEC-09", "41{}")]
    [InlineData("SIO-DEC-09", "41/admin,{}")]
    [InlineData("SIO-DEC-10", "45")]
    [InlineData("SIO-DEC-10", "451")]
    [InlineData("SIO-DEC-10", "45a-")]
    [InlineData("SIO-DEC-10", "451.23-[\"a\"]")]
    [InlineData("SEC-SIO-03", "45-[\"a\"]")]
    [InlineData("SEC-SIO-03", "4551e1-[\"a\"]")]
    [InlineData("SIO-DEC-10", "450-[\"a\"]")]
    [InlineData("SIO-DEC-10", "46-1[]")]
    [InlineData("SIO-DEC-11", "4511-[\"a\"]")]
    [InlineData("SEC-SIO-03", "4599999999999999999999-[\"a\"]")]
    [InlineData("SIO-DEC-18", "40/custom,[]")]
    [InlineData("SIO-DEC-18", "40/custom,\"x\"")]
    [InlineData("SIO-DEC-18", "40/custom,null")]
    [InlineData("SIO-DEC-21", "44{\"message\":\"x\"}")]
    [InlineData("SIO-DEC-21", "44")]
    [InlineData("SIO-DEC-22", "42/custom,[\"a\"]")]
    [InlineData("SIO-DEC-22", "41/custom,")]
    [InlineData("SEC-SIO-05", "43/custom,1[]")]
    [InlineData("SIO-DEC-26", "42-1[\"a\"]")]
    public async Task Malformed_message_closes_the_connection(string spec, string message)
    {
        Assert.NotEmpty(spec);
        await using var client = await ConnectAsync();

        await client.SendAsync(message);

        await AssertClosedAsync(client);
    }

    [Theory]
    [InlineData("SIO-DEC-07", "42")]
    [InlineData("SIO-DEC-25", "429007199254740993[\"message-with-ack\"]")]
    [InlineData("SEC-SIO-05", "4299999999999999999999999[\"message-with-ack\"]")]
    public async Task Message_that_only_the_reference_takes_closes_the_connection(string spec, string message)
    {
        OursOnly(spec);
        await using var client = await ConnectAsync();

        await client.SendAsync(message);

        await AssertClosedAsync(client);
    }

    [Theory]
    [InlineData("SIO-DEC-06", "42[1,\"a\"]")]
    [InlineData("SIO-DEC-06", "42[\"\"]")]
    [InlineData("SEC-SIO-02", "42[\"error\",1]")]
    [InlineData("SEC-SIO-02", "42[\"__proto__\"]")]
    [InlineData("SIO-DEC-08", "431[]")]
    [InlineData("SIO-DEC-08", "431[\"x\"]")]
    [InlineData("SIO-DEC-08", "4399999[\"x\"]")]
    [InlineData("SIO-DEC-08", "43[]")]
    [InlineData("SIO-EVT-06", "421[\"nobody\",1]")]
    [InlineData("SIO-JSON-07", "42[\"nobody\"] ")]
    [InlineData("SIO-JSON-07", "42[ \"nobody\" , {\"a\":1,\"a\":2} ]\n")]
    [InlineData("SIO-JSON-04", "42[\"nobody\",1e3,-0.0,12345678901234567890]")]
    [InlineData("SIO-DEC-17", "42[\"nobody\",{\"_placeholder\":true,\"num\":0}]")]
    public async Task Legal_message_leaves_the_connection_open(string spec, string message)
    {
        Assert.NotEmpty(spec);
        await using var client = await ConnectAsync();

        await client.SendAsync(message);

        await AssertAliveAsync(client);
    }

    [Theory]
    [InlineData("SIO-DEC-12", "451-[\"a\",{\"_placeholder\":true,\"num\":5}]")]
    [InlineData("SIO-DEC-12", "451-[\"a\",{\"_placeholder\":true,\"num\":\"splice\"}]")]
    [InlineData("SIO-DEC-12", "451-[\"a\",{\"_placeholder\":true,\"num\":-1}]")]
    [InlineData("SEC-SIO-04", "451-[\"a\",{\"_placeholder\":true,\"num\":1}]")]
    [InlineData("SEC-SIO-04", "451-[\"a\",{\"_placeholder\":true}]")]
    [InlineData("SEC-SIO-04", "451-[\"a\",{\"_placeholder\":true,\"num\":null}]")]
    public async Task Placeholder_of_no_attachment_closes_the_connection(string spec, string message)
    {
        Assert.NotEmpty(spec);
        await using var client = await ConnectAsync();

        await client.SendAsync(message);
        await client.SendAsync(1);

        await AssertClosedAsync(client);
    }

    [Fact]
    [Trait("Spec", "SEC-SIO-04")]
    public async Task Fractional_placeholder_closes_the_connection()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync("452-[\"a\",{\"_placeholder\":true,\"num\":0.5}]");
        await client.SendAsync(1);
        await client.SendAsync(2);

        // The reference finds nothing there and passes "undefined" on.
        if (ConformanceServers.IsReference)
            await AssertAliveAsync(client);
        else
            await AssertClosedAsync(client);
    }

    [Theory]
    [Trait("Spec", "SIO-DEC-13")]
    [InlineData("42[\"message\"]")]
    [InlineData("41")]
    [InlineData("451-[\"a\",{\"_placeholder\":true,\"num\":0}]")]
    public async Task Text_between_a_packet_and_its_attachments_closes_the_connection(string between)
    {
        await using var client = await ConnectAsync();

        await client.SendAsync("451-[\"a\",{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync(between);

        await AssertClosedAsync(client);
    }

    [Fact]
    [Trait("Spec", "SIO-DEC-14")]
    public async Task Binary_that_was_not_announced_closes_the_connection()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync(1, 2, 3);

        await AssertClosedAsync(client);
    }

    [Fact]
    [Trait("Spec", "SEC-SIO-03")]
    public async Task One_attachment_too_many_closes_the_connection()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync("451-[\"nobody\",{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync(1);
        await client.SendAsync(2);

        await AssertClosedAsync(client);
    }

    [Fact]
    [Trait("Spec", "SIO-DEC-27")]
    public async Task Attachments_that_never_come_are_forgotten_with_the_connection()
    {
        for (int i = 0; i < 10; i++)
        {
            await using var client = await ConnectAsync();
            await client.SendAsync("4510-[\"a\",{\"_placeholder\":true,\"num\":0}]");
            await client.SendAsync(new byte[1000]);
            client.WebSocket.Reset();
        }

        await using var next = await ConnectAsync();
        await AssertAliveAsync(next);
    }

    [Theory]
    [Trait("Spec", "SEC-SIO-07")]
    [Trait("Spec", "SIO-JSON-08")]
    [InlineData(60, true)]
    [InlineData(100_000, false)]
    public async Task Nesting_is_limited(int depth, bool accepted)
    {
        await using var client = await ConnectAsync();
        string argument = new string('[', depth) + new string(']', depth);

        await client.SendAsync($"42[\"message\",{argument}]");

        if (accepted)
            Assert.Equal($"42[\"message-back\",{argument}]", await client.ReceiveTextAsync());
        else if (!ConformanceServers.IsReference)
            await AssertClosedAsync(client);
        await using var next = await ConnectAsync();
        await AssertAliveAsync(next);
    }

    [Theory]
    [Trait("Spec", "SIO-DEC-24")]
    [InlineData("42 [\"message\",1]")]
    [InlineData("42 12[\"message\",1]")]
    public async Task White_space_where_digits_may_stand_crashes_nothing(string message)
    {
        await using (var client = await ConnectAsync())
        {
            await client.SendAsync(message);
            await client.ReceiveAsync();
        }

        await using var next = await ConnectAsync();
        await AssertAliveAsync(next);
    }
}
