using System.Collections.Immutable;
using Firstline.Architecture.Tests.Metadata;

namespace Firstline.Architecture.Tests.Rules;

/// <summary>Types and members that some code may not name, and why.</summary>
/// <param name="why">End of the sentence that a violation says.</param>
/// <param name="names">Full names of namespaces, types or members; a name forbids everything below it.</param>
internal sealed class Forbidden(string why, ImmutableArray<string> names)
{
    private static readonly ImmutableArray<string> ClockReads =
    [
        "System.TimeProvider.get_System",
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
    ];

    public static Forbidden WallClock { get; } = new("only Host and Cli read the wall clock; take a TimeProvider, or the time as an argument", ClockReads);

    public static Forbidden EffectsInCore { get; } = new("Core decides on values alone: no task, clock, chance, file, network or log",
    [
        .. ClockReads, "System.TimeProvider", "System.Threading", "System.Net", "System.Random", "System.Security.Cryptography.RandomNumberGenerator",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.Environment.GetEnvironmentVariable", "System.Environment.get_MachineName", "System.Environment.get_TickCount64",
        "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.FileStream",
        "Microsoft.Extensions.Logging",
    ]);

    /// <summary>One sentence per type and forbidden name.</summary>
    public IEnumerable<string> Violations(IEnumerable<CodeType> types) =>
        from type in types
        from use in type.Uses
        let name = use.ToString()
        where names.Any(forbidden => name == forbidden || name.StartsWith(forbidden + ".", StringComparison.Ordinal))
        orderby type.ToString(), name
        select $"{type} uses {name}: {why}";
}
