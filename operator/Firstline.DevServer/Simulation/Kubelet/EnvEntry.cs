using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>An entry of <c>envFrom</c> or <c>env</c>.</summary>
internal abstract record EnvEntry
{
    private EnvEntry()
    {
    }

    /// <summary>A value in the spec.</summary>
    public sealed record Literal(string Name, string Value) : EnvEntry;

    /// <summary><c>configMapKeyRef</c>, <c>secretKeyRef</c>.</summary>
    public sealed record FromKey(string Name, ContentKey Source, bool Optional) : EnvEntry;

    /// <summary><c>configMapRef</c>, <c>secretRef</c>.</summary>
    public sealed record FromAll(string Prefix, ContentKind Kind, string Source, bool Optional) : EnvEntry;
}
