using SocketIO.AspNetCore.Adapters;
using Specifications.InProcess;

namespace SocketIO.AspNetCore.Tests.Adapters;

public sealed class ClusterAdapterSpecification : BusSpecification
{
    protected override IAdapter CreateAdapter(ServerNamespace ns, int node) => new BusAdapter(ns, Bus);

    protected override string TimeoutText(int missing, int of) => $"timeout reached: only {of - missing} responses received out of {of}";
}
