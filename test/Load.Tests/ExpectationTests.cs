using System.Text;
using Load.Messages;
using Load.Scenarios;
using Load.Wires;

namespace Load.Tests;

/// <summary>What the generator takes for an answer.</summary>
public sealed class ExpectationTests
{
    private const int Connection = 7;

    private static readonly SocketIOWire s_wire = new();

    private readonly Expectation _echo = new(Dialogue.Echo(s_wire, Connection).Answer);

    [Fact]
    public void Answers_in_order_are_accepted()
    {
        Assert.True(Accept("42[\"echo\",\"00007-100000000-abcdefghijklmnop\"]"));
        Assert.True(Accept("42[\"echo\",\"00007-100000001-abcdefghijklmnop\"]"));
    }

    [Theory]
    [InlineData("42[\"echo\",\"00007-100000001-abcdefghijklmnop\"]")] // another number
    [InlineData("42[\"echo\",\"00008-100000000-abcdefghijklmnop\"]")] // another connection
    [InlineData("42[\"echo\",\"00007-100000000-abcdefghijklmnoq\"]")] // another byte
    [InlineData("42[\"echo\",\"00007-100000000-abcdefghijklmnop\"")] // a byte too few
    [InlineData("42[\"echo\",\"00007-100000000-abcdefghijklmnop\"] ")] // a byte too many
    public void Others_are_not(string message) => Assert.Throws<LoadException>(() => Accept(message));

    [Fact]
    public void Text_is_no_bytes() =>
        Assert.Throws<LoadException>(() => _echo.Accept(Connection, Encoding.UTF8.GetBytes("42[\"echo\",\"00007-100000000-abcdefghijklmnop\"]"), isBinary: true));

    [Fact]
    public void Id_of_an_acknowledgement_is_its_number()
    {
        var ack = new Expectation(Dialogue.Ack(s_wire, Connection).Answer);
        Assert.True(ack.Accept(Connection, "43100000000[\"00007-100000000-abcdefghijklmnop\"]"u8, isBinary: false));
        Assert.True(ack.Accept(Connection, "43100000001[\"00007-100000001-abcdefghijklmnop\"]"u8, isBinary: false));
    }

    [Fact]
    public void Number_within_base64_counts_too()
    {
        var binary = new Expectation(new SignalRWire().BinaryEvent("binary", Encoding.ASCII.GetBytes("#########!")));
        Assert.True(binary.Accept(Connection, "{\"type\":1,\"target\":\"binary\",\"arguments\":[\"MTAwMDAwMDAwIQ==\"]}\x1e"u8, isBinary: false));
        Assert.True(binary.Accept(Connection, "{\"type\":1,\"target\":\"binary\",\"arguments\":[\"MTAwMDAwMDAxIQ==\"]}\x1e"u8, isBinary: false));
    }

    private bool Accept(string message) => _echo.Accept(Connection, Encoding.UTF8.GetBytes(message), isBinary: false);
}
