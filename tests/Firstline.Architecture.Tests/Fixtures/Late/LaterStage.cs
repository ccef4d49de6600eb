namespace Firstline.Architecture.Tests.Fixtures.Late;

/// <summary>Keeps the order.</summary>
internal static class LaterStage
{
    public static int Length(string text) => text.Length;
}
