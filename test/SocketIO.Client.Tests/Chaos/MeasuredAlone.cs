namespace SocketIO.Client.Tests.Chaos;

/// <summary>Tests that measure the process run alone: memory, threads and unobserved exceptions are everybody's.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
