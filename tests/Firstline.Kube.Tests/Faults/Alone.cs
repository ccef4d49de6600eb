namespace Firstline.Kube.Tests.Faults;

/// <summary>Tests that count the process's sockets, timers and bytes: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
