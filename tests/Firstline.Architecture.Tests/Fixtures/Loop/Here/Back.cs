using Firstline.Architecture.Tests.Fixtures.Loop.There;

namespace Firstline.Architecture.Tests.Fixtures.Loop.Here;

/// <summary>One half of a circle.</summary>
internal sealed record Back(Forth? Other);
