using System.Text;
using SocketIO.Json;

namespace SocketIO.Core.Tests.Events;

public sealed class EventArgumentsTests
{
    [Theory]
    [Trait("Spec", "SIO-EVT-01")]
    [InlineData("""2["e"]""", 0)]
    [InlineData("""2["e",null]""", 1)]
    [InlineData("""2["e",1,[2,3],{"a":4,"b":[5]},"6,7"]""", 4)]
    [InlineData("2 [ \"e\" , 1 ,\t2\r\n] ", 2)]
    public void Count(string message, int expected)
    {
        var arguments = Wire.Receive(message);
        Assert.Equal(expected, arguments.Count);
        Assert.Equal(expected, arguments.ToArray().Length);
        Assert.Equal("e", arguments.Name);
    }

    [Fact]
    public void Arguments_are_read_by_position_or_in_order()
    {
        var arguments = Wire.Receive("""2["e",1,[2,3],{"a":4},"x"]""");
        Assert.Equal([2, 3], arguments.Get<int[]>(1)!);
        Assert.Equal(1, arguments.Get<int>(0));
        Assert.Equal("x", arguments.Get<string>(3));
        Assert.Null(arguments.Get<string>(4));
        Assert.Equal(0, arguments.Get<int>(99));

        var reader = arguments.GetReader();
        Assert.Equal(1, reader.Read<int>());
        Assert.Equal([2, 3], reader.Read<int[]>()!);
        Assert.Equal(4, reader.Read<Dictionary<string, int>>()!["a"]);
        Assert.Equal("x", reader.Read<string>());
        Assert.Null(reader.Read<string>());
    }

    [Fact]
    public void A_failed_conversion_tells_where_and_not_what()
    {
        var error = Assert.Throws<EventBindingException>(() => Wire.Receive("""2["e",1,"secret"]""").Get<int>(1));
        Assert.Equal("Argument 1 of event \"e\" is no System.Int32.", error.Message);
        var ack = EventArguments.ForAck(new("""["secret"]"""u8.ToArray()), PayloadSerializer.Default);
        Assert.Equal("Argument 0 of the acknowledgement is no System.Int32.", Assert.Throws<EventBindingException>(() => ack.Get<int>(0)).Message);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("[]", 0)]
    [InlineData(" [ ] ", 0)]
    [InlineData("""["a"]""", 1)]
    [InlineData("""[ "a",[1,2] ]""", 2)]
    public void Acknowledgement(string json, int expected)
    {
        var arguments = EventArguments.ForAck(new(Encoding.UTF8.GetBytes(json)), PayloadSerializer.Default);
        Assert.Equal("", arguments.Name);
        Assert.Equal(expected, arguments.Count);
        Assert.Equal(expected == 0 ? null : "a", arguments.Get<string>(0));
    }

    [Fact]
    [Trait("Spec", "SEC-MEM-01")]
    public void Detached_arguments_own_their_memory()
    {
        var json = Encoding.UTF8.GetBytes("""["event",{"a":1},"é"]""");
        var view = EventArguments.ForEvent(new(json), PayloadSerializer.Default);
        var detached = view.Detach();
        var values = view.ToArray();
        Array.Fill(json, (byte)'x');
        Assert.Equal("event", detached.Name);
        Assert.Equal("é", detached.Get<string>(1));
        Assert.Equal("""{"a":1}""", values[0]!.ToString());
        Assert.Equal(detached.Payload.Json, detached.Detach().Payload.Json);
    }

    [Fact]
    public void An_event_that_did_not_come_over_the_wire()
    {
        var arguments = EventArguments.Create(PayloadSerializer.Default, "disconnect", ["transport close", new byte[] { 1 }]);
        Assert.Equal("disconnect", arguments.Name);
        Assert.Equal("transport close", arguments.Get<string>(0));
        Assert.Equal([1], arguments.Get<byte[]>(1));
    }

    [Fact]
    public void The_default_value_is_empty()
    {
        EventArguments arguments = default;
        Assert.Equal("", arguments.Name);
        Assert.Equal(0, arguments.Count);
        Assert.Null(arguments.Detach().Get<string>(0));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("""["\ud800"]""")]
    public void What_another_parser_lets_pass_is_no_exception(string json)
    {
        var arguments = EventArguments.ForEvent(new(Encoding.UTF8.GetBytes(json)), PayloadSerializer.Default);
        Assert.NotNull(arguments.Name);
        Assert.Null(arguments.Get<string>(0));
    }
}
