using System.Text;
using System.Text.Json;

namespace SocketIO.Core.Tests.Events;

public sealed class BindingTests
{
    private readonly Socket _socket = new();
    private readonly List<string> _log = [];

    [Fact]
    [Trait("Spec", "SRV-SOCK-21")]
    public async Task Missing_arguments_are_default_and_surplus_ones_ignored()
    {
        _socket.On<string, int, int?>("e", (a, b, c) => _log.Add($"{a ?? "-"} {b} {c?.ToString() ?? "-"}"));
        await _socket.ReceiveAsync("""["e"]""");
        await _socket.ReceiveAsync("""["e","x"]""");
        await _socket.ReceiveAsync("""[ "e" , "x" , 1 , 2 , {"y":[3]} ]""");
        Assert.Equal(["- 0 -", "x 0 -", "x 1 2"], _log);
        Assert.Empty(_socket.Errors);
    }

    [Theory]
    [Trait("Spec", "SRV-SOCK-21")]
    [InlineData("""["e","x","y"]""", 1)]
    [InlineData("""["e",1,1]""", 0)]
    [InlineData("""["e","x",1.5]""", 1)]
    [InlineData("""["e","x",null]""", 1)]
    [InlineData("""["e","x",{"a":1}]""", 1)]
    [InlineData("""["e",[],1]""", 0)]
    public async Task A_failed_conversion_is_an_error_and_no_call(string json, int index)
    {
        _socket.On<string, int>("e", (a, b) => _log.Add("called"));
        await _socket.ReceiveAsync(json);
        await _socket.ReceiveAsync("""["e","x",1]""");
        Assert.Equal(["called"], _log);
        var (name, exception) = Assert.Single(_socket.Errors);
        Assert.Equal("e", name);
        var error = Assert.IsType<EventBindingException>(exception);
        Assert.Equal(("e", index), (error.EventName, error.Index));
        Assert.Equal(index == 0 ? typeof(string) : typeof(int), error.ArgumentType);
    }

    [Fact]
    public async Task Null_is_a_value_where_the_type_has_one()
    {
        _socket.On<string, int?, int[], object>("e", (a, b, c, d) => _log.Add($"{a is null} {b is null} {c is null} {d is null}"));
        await _socket.ReceiveAsync("""["e",null,null,null,null]""");
        Assert.Equal(["True True True True"], _log);
    }

    [Fact]
    [Trait("Spec", "SEC-SIO-08")]
    public async Task Type_names_from_the_wire_are_data()
    {
        const string Name = "System.IO.FileInfo, System.Runtime";
        _socket.On<object, Order, Dictionary<string, string>>(
            "e", (a, b, c) => _log.Add($"{a.GetType().Name} {b.GetType().Name} {b.Id} {c["$type"]}"));
        await _socket.ReceiveAsync($$"""["e",{"$type":"{{Name}}"},{"$type":"{{Name}}","Id":1},{"$type":"{{Name}}"}]""");
        Assert.Equal([$"JsonElement Order 1 {Name}"], _log);
        Assert.Empty(_socket.Errors);
    }

    [Fact]
    public async Task Users_types_lists_and_documents()
    {
        _socket.On<Order, List<string>, JsonElement, Dictionary<string, int>>(
            "e", (a, b, c, d) => _log.Add($"{a.Id}{a.Tags![1]} {b[0]} {c.GetProperty("x")} {d["k"]}"));
        await _socket.ReceiveAsync("""["e",{"Id":1,"Tags":["p","q"]},["a"],{"x":2},{"k":3}]""");
        Assert.Equal(["1q a 2 3"], _log);
    }

    [Fact]
    public async Task Five_parameters_of_which_the_last_is_the_acknowledgement()
    {
        _socket.On<int, int, int, int, Ack>("e", (a, b, c, d, ack) => ack.SendAsync(a + b + c + d));
        await _socket.ReceiveAsync("""["e",1,2,3,4]""", id: 7);
        Assert.Equal(["#7 [10]"], _socket.Sent);
    }

    [Fact]
    public async Task The_acknowledgement_the_socket_and_all_arguments_may_stand_anywhere()
    {
        _socket.On<Ack, Socket, string, EventArguments, int>(
            "e", (ack, socket, text, all, number) => _log.Add($"{ack.IsRequested} {ReferenceEquals(socket, _socket)} {text} {all.Count} {all.Name} {number}"));
        await _socket.ReceiveAsync("""["e","x",5,6]""");
        await _socket.ReceiveAsync("""["e","x",5]""", id: 0);
        Assert.Equal(["False True x 3 e 5", "True True x 2 e 5"], _log);
    }

    [Fact]
    public async Task A_socket_of_another_type_is_an_error()
    {
        _socket.On<OtherSocket>("e", _ => _log.Add("called"));
        await _socket.ReceiveAsync("""["e"]""");
        Assert.Empty(_log);
        Assert.IsType<InvalidCastException>(Assert.Single(_socket.Errors).Exception);
    }

    [Fact]
    [Trait("Spec", "SEC-MEM-01")]
    public async Task What_a_handler_gets_survives_the_receive_buffer()
    {
        EventArguments all = default;
        Payload value = default;
        _socket.On<EventArguments, Payload>("e", (a, b) => (all, value) = (a, b));
        var json = Encoding.UTF8.GetBytes("""["e",{"a":1}]""");
        await _socket.ReceiveAsync(new Payload(json));
        Array.Fill(json, (byte)'x');
        Assert.Equal("e", all.Name);
        Assert.Equal("""{"a":1}""", all.Get<Payload>(0).ToString());
        Assert.Equal("""{"a":1}""", value.ToString());
    }

    [Fact]
    [Trait("Spec", "SIO-BIN-07")]
    public async Task Bytes_come_and_go()
    {
        _socket.OnRequest<byte[], byte[]>("reverse", bytes => [.. bytes.Reverse()]);
        await _socket.ReceiveAsync("""["reverse",{"_placeholder":true,"num":0}]""", 3, new byte[] { 1, 2 });
        Assert.Equal(["""#3 [{"_placeholder":true,"num":0}]"""], _socket.Sent);
    }

    [Fact]
    [Trait("Spec", "SIO-ENC-22")]
    public async Task A_number_for_a_name_finds_its_handler()
    {
        _socket.On<string>("1", _log.Add);
        await _socket.ReceiveAsync("""[1,"a"]""");
        await _socket.ReceiveAsync("""["1","b"]""");
        await _socket.ReceiveAsync("""["\u0031","c"]""");
        await _socket.ReceiveAsync("""[1.0,"d"]""");
        Assert.Equal(["a", "b", "c", "d"], _log);
    }

    [Fact]
    public void An_argument_that_no_converter_can_read_is_refused_at_registration() =>
        Assert.Throws<NotSupportedException>(
            () => new Socket(new(new() { TypeInfoResolver = System.Text.Json.Serialization.Metadata.JsonTypeInfoResolver.Combine() })).On<Order>("e", _ => { }));

    [Fact]
    public void Dispatching_to_a_synchronous_handler_allocates_its_arguments_alone()
    {
        var sum = 0L;
        _socket.On<int, long, bool, Ack>("e", (a, b, c, ack) => sum += a + b + (c && !ack.IsRequested ? 1 : 0));
        _socket.On<double>("e", a => sum += (long)a);
        var payload = new Payload("""["e",1,2,true]"""u8.ToArray());
        Assert.Equal(0, Allocations.PerCall(() => IsCompleted(_socket.ReceiveAsync(payload))));
        Assert.True(sum > 0);
    }

    private static void IsCompleted(ValueTask task) => Assert.True(task.IsCompletedSuccessfully);

    private sealed record Order(int Id, string[]? Tags);

    private sealed class OtherSocket : Socket;
}
