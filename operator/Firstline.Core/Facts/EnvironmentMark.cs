using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>Reads from labels which environment an object belongs to, and whether people outside use it.</summary>
public static class EnvironmentMark
{
    /// <summary>On a workload, with true or false: whether people outside use it, whatever Services and Ingresses say.</summary>
    public const string UserFacing = "firstline.dev/user-facing";

    private static readonly ImmutableArray<string> Labels = ["firstline.dev/environment", "app.kubernetes.io/environment", "environment", "env"];
    private static readonly ImmutableArray<string> Production = ["production", "prod", "prd", "live"];

    /// <summary>The environment that the labels name, by <c>firstline.dev/environment</c>, <c>app.kubernetes.io/environment</c>, <c>environment</c> or <c>env</c>; null when none does.</summary>
    public static string? Of(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Labels.Select(l => labels.GetValueOrDefault(l)).FirstOrDefault(static v => v is { Length: > 0 });
    }

    /// <summary>True for production, and for an environment that nobody named: what may be production is not made little of.</summary>
    public static bool IsProduction(string? environment) =>
        environment is null || Production.Any(p => environment.Equals(p, StringComparison.OrdinalIgnoreCase) || environment.StartsWith(p + "-", StringComparison.OrdinalIgnoreCase));

    /// <summary>What <see cref="UserFacing"/> says; null without it, or when it says neither.</summary>
    public static bool? IsUserFacing(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.GetValueOrDefault(UserFacing) switch { "true" => true, "false" => false, _ => null };
    }
}
