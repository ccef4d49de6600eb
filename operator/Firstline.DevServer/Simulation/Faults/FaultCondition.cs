namespace Firstline.DevServer.Simulation.Faults;

/// <summary>What must hold of a container for a fault to strike. Each ties the fault to something that a fix can change.</summary>
internal abstract record FaultCondition
{
    private FaultCondition()
    {
    }

    public abstract bool Holds(ContainerFacts facts);

    /// <summary><c>always</c>: nothing but another template helps.</summary>
    public sealed record Always : FaultCondition
    {
        public override bool Holds(ContainerFacts facts) => true;
    }

    /// <summary><c>image=GLOB</c>, <c>image!=GLOB</c>: <c>*</c> stands for any text.</summary>
    public sealed record Image(string Glob, bool Matches) : FaultCondition
    {
        public override bool Holds(ContainerFacts facts) => ValueTest.IsGlobMatch(Glob, facts.Image) == Matches;
    }

    /// <summary><c>memory-limit&lt;256Mi</c>; a container without a limit has memory enough.</summary>
    public sealed record MemoryLimitBelow(decimal Bytes) : FaultCondition
    {
        public override bool Holds(ContainerFacts facts) => facts.MemoryLimit < Bytes;
    }

    /// <summary><c>env:NAME=VALUE</c>: the variable as it was when the container started.</summary>
    public sealed record Env(string Name, ValueTest Test) : FaultCondition
    {
        public override bool Holds(ContainerFacts facts) => Test.Holds(facts.Env.GetValueOrDefault(Name));
    }

    /// <summary><c>configmap:NAME/KEY!=VALUE</c>, <c>secret:NAME/KEY!=VALUE</c>: the content as the container sees it.</summary>
    public sealed record Content(ContentKey Key, ValueTest Test) : FaultCondition
    {
        public override bool Holds(ContainerFacts facts) => Test.Holds(facts.Contents.GetValueOrDefault(Key));
    }
}
