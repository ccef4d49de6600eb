using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Faults;

/// <summary>The faults of one pod.</summary>
/// <param name="Faults">Those that could be read.</param>
/// <param name="Problems">One sentence for each annotation that could not.</param>
internal sealed record FaultSet(ImmutableArray<Fault> Faults, ImmutableArray<string> Problems)
{
    /// <summary>The faults that concern a container.</summary>
    public ImmutableArray<Fault> For(string container, bool isInit) =>
        [.. Faults.Where(fault => fault.Container is null ? !isInit : fault.Container == container)];
}
