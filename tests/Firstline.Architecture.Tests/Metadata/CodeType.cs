using System.Collections.Immutable;

namespace Firstline.Architecture.Tests.Metadata;

/// <summary>An outermost type with everything that it and the types within it name, in signatures and in code.</summary>
internal sealed record CodeType(string Namespace, string Name, ImmutableHashSet<Use> Uses)
{
    public override string ToString() => $"{Namespace}.{Name}";
}
