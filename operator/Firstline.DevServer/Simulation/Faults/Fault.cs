using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Faults;

/// <summary>One annotation: an effect on a container while all its conditions hold.</summary>
/// <param name="Container">The container's name; null for all containers that are no init containers.</param>
/// <param name="Effect">What happens.</param>
/// <param name="Conditions">What must hold; empty for always.</param>
/// <param name="Log">What the process logs when it strikes; empty for the effect's own words.</param>
internal sealed record Fault(string? Container, FaultEffect Effect, ImmutableArray<FaultCondition> Conditions, string Log)
{
    public bool Strikes(ContainerFacts facts) => Conditions.All(condition => condition.Holds(facts));
}
