using Load.Running;

namespace Load.Scenarios;

/// <summary>One way of using a server. An instance runs once.</summary>
internal interface IScenario
{
    IReadOnlyList<Figure> Run(ServerProcess server, RunSettings settings);
}
