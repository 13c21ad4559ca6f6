namespace SocketIO.Core.Tests.Events;

public sealed class EmitTests
{
    private readonly Socket _socket = new();

    [Fact]
    [Trait("Spec", "SRV-EMIT-01")]
    [Trait("Spec", "SRV-EMIT-02")]
    public async Task Any_number_of_arguments()
    {
        using var source = new CancellationTokenSource();
        await _socket.EmitAsync("e");
        await _socket.EmitAsync("e", source.Token);
        await _socket.EmitAsync("e", 1);
        await _socket.EmitAsync("e", 1, source.Token);
        await _socket.EmitAsync("e", 1, "2", null, true, 5.5, 'f', source.Token);
        await _socket.EmitAsync("e", null);
        await _socket.EmitAsync("e", new[] { "a", "b" });
        await _socket.EmitAsync("e", new object[] { 1, 2 });
        await _socket.EmitArgumentsAsync("e", [1, 2, 3, 4, 5, 6, 7]);
        await _socket.SendAsync("hi", 1);
        Assert.Equal(
            [
                """["e"]""", """["e"] (cancellable)""", """["e",1]""", """["e",1] (cancellable)""", """["e",1,"2",null,true,5.5,"f"] (cancellable)""",
                """["e",null]""", """["e",["a","b"]]""", """["e",[1,2]]""", """["e",1,2,3,4,5,6,7]""", """["message","hi",1]""",
            ],
            _socket.Sent);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    public async Task Reserved_names_are_refused(string name)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await _socket.EmitAsync(name));
        Assert.Equal($"\"{name}\" is a reserved event name", error.Message);
        Assert.True(ReservedEvents.Contains(System.Text.Encoding.UTF8.GetBytes(name)));
        Assert.False(ReservedEvents.Contains(name + "s"));
        Assert.False(ReservedEvents.Contains(System.Text.Encoding.UTF8.GetBytes(name + "s")));
    }

    [Theory]
    [InlineData("error")]
    [InlineData("message")]
    [InlineData("")]
    [InlineData("Connect")]
    public void Other_names_are_not_reserved(string name)
    {
        ReservedEvents.ThrowIfReserved(name);
        Assert.False(ReservedEvents.Contains(System.Text.Encoding.UTF8.GetBytes(name)));
    }
}
