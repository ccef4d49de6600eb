namespace Firstline.Architecture.Tests.Fixtures.Late;

/// <summary>Reads the wall clock in an iterator, which the compiler turns into a class of its own.</summary>
internal static class ClockReader
{
    public static IEnumerable<DateTimeOffset> Times()
    {
        yield return DateTimeOffset.UtcNow;
    }
}
