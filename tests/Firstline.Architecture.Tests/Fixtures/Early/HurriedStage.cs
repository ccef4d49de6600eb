using Firstline.Architecture.Tests.Fixtures.Late;

namespace Firstline.Architecture.Tests.Fixtures.Early;

/// <summary>Breaks the order of stages, within a lambda where it is hard to see.</summary>
internal static class HurriedStage
{
    public static IEnumerable<int> Lengths(IEnumerable<string> texts) => texts.Select(text => LaterStage.Length(text));
}
