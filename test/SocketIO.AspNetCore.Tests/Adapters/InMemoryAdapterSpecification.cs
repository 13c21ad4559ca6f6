using SocketIO.AspNetCore.Adapters;
using Specifications;

namespace SocketIO.AspNetCore.Tests.Adapters;

public sealed class InMemoryAdapterSpecification : AdapterSpecification
{
    protected override int NodeCount => 1;

    protected override IAdapter CreateAdapter(ServerNamespace ns, int node) => new InMemoryAdapter(ns);
}
