using Firstline.Architecture.Tests.Fixtures.Loop.Here;

namespace Firstline.Architecture.Tests.Fixtures.Loop.There;

/// <summary>The other half of a circle, only in a method's body.</summary>
internal sealed class Forth
{
    public override string ToString() => new Back(this).GetHashCode() == 0 ? "none" : "some";
}
