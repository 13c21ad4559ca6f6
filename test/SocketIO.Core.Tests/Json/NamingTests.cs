using System.Text.Json;
using SocketIO.Json;

namespace SocketIO.Core.Tests.Json;

/// <summary>Members keep their names on the way out, and are found by JavaScript's on the way in.</summary>
public sealed class NamingTests
{
    [Fact]
    [Trait("Spec", "SIO-JSON-09")]
    public void Names_are_written_as_declared() => Assert.Equal(
        """["todo",{"Title":"tea","Amount":2,"ByKey":{"Key":1}}]""",
        PayloadSerializer.Default.SerializeEvent("todo", [new Todo("tea", 2, new() { ["Key"] = 1 })]).ToString());

    [Theory]
    [Trait("Spec", "SRV-SOCK-21")]
    [InlineData("""{"title":"tea","amount":2}""")]
    [InlineData("""{"Title":"tea","Amount":2}""")]
    public void Names_are_read_in_any_case(string json)
    {
        var todo = PayloadSerializer.Default.Deserialize<Todo>(new Payload(System.Text.Encoding.UTF8.GetBytes(json)))!;
        Assert.Equal(("tea", 2), (todo.Title, todo.Amount));
    }

    [Fact]
    [Trait("Spec", "SIO-JSON-09")]
    public void Or_in_camel_case_on_request() => Assert.Equal(
        """["todo",{"title":"tea","amount":2,"byKey":null}]""",
        new PayloadSerializer(JsonSerializerOptions.Web).SerializeEvent("todo", [new Todo("tea", 2, null)]).ToString());

    private sealed record Todo(string Title, int Amount, Dictionary<string, int>? ByKey);
}
