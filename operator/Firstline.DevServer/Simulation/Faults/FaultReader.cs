using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Faults;

/// <summary>
/// Reads the annotations <c>sim.firstline.dev/EFFECT[_LABEL][.CONTAINER]: CLAUSE; CLAUSE; ...</c> of a pod. Nothing is guessed:
/// what is not understood becomes a problem that says what to write instead, and the annotation has no effect.
/// </summary>
internal static class FaultReader
{
    public const string Prefix = "sim.firstline.dev/";

    private static readonly ImmutableDictionary<string, PullError> PullErrors = new Dictionary<string, PullError>
    {
        ["not-found"] = PullError.NotFound,
        ["unauthorized"] = PullError.Unauthorized,
        ["no-such-host"] = PullError.NoSuchHost,
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, Func<FaultClauses, FaultEffect>> Effects =
        new Dictionary<string, Func<FaultClauses, FaultEffect>>(StringComparer.Ordinal)
        {
            ["crash-when"] = c => new FaultEffect.Crash(c.Number("exit", 1, 0, 255), "Error", c.Duration("after", TimeSpan.FromSeconds(1))),
            ["oom-when"] = c => new FaultEffect.Crash(137, "OOMKilled", c.Duration("after", TimeSpan.FromSeconds(1))),
            ["unpullable-when"] = c => new FaultEffect.Unpullable(c.Choice("error", PullErrors, "not-found")),
            ["unready-when"] = c => new FaultEffect.Unready(c.Number("status", 503, 400, 599)),
            ["unlive-when"] = c => new FaultEffect.Unlive(c.Number("status", 500, 400, 599)),
            ["hang-after"] = c => new FaultEffect.Hang(c.LeadingDuration()),
            ["slow-start"] = c => new FaultEffect.SlowStart(c.LeadingDuration()),
            ["exit-after"] = c => new FaultEffect.Exit(c.Number("exit", 0, 0, 255), c.LeadingDuration()),
        }.ToImmutableDictionary();

    /// <param name="annotations">The pod's annotations; those of others are passed over.</param>
    /// <param name="containers">Names of all its containers: a fault for another one is a problem.</param>
    public static FaultSet Read(ImmutableDictionary<string, string> annotations, ImmutableArray<string> containers)
    {
        ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
        ImmutableArray<string>.Builder problems = ImmutableArray.CreateBuilder<string>();
        foreach ((string key, string value) in annotations.Where(a => a.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            try
            {
                faults.Add(ReadOne(key[Prefix.Length..], value, containers));
            }
            catch (FaultFormatException problem)
            {
                problems.Add($"annotation {key}: {problem.Message}");
            }
        }

        return new FaultSet(faults.ToImmutable(), problems.ToImmutable());
    }

    private static Fault ReadOne(string key, string value, ImmutableArray<string> containers)
    {
        string[] parts = key.Split('.', 2);
        string effect = parts[0].Split('_', 2)[0];
        string? container = parts.Length == 2 ? parts[1] : null;
        if (!Effects.TryGetValue(effect, out Func<FaultClauses, FaultEffect>? read))
        {
            throw new FaultFormatException($"there is no effect \"{effect}\"; write one of {string.Join(", ", Effects.Keys.Order(StringComparer.Ordinal))}");
        }

        if (container is not null && !containers.Contains(container))
        {
            throw new FaultFormatException($"the pod has no container \"{container}\"; it has {string.Join(", ", containers)}");
        }

        FaultClauses clauses = FaultClauses.Split(value);
        FaultEffect what = read(clauses);
        return new Fault(container, what, Conditions(effect, clauses), clauses.Log);
    }

    private static ImmutableArray<FaultCondition> Conditions(string effect, FaultClauses clauses)
    {
        ImmutableArray<FaultCondition> conditions = [.. clauses.Rest().Select(ConditionReader.Read)];
        bool needsCause = effect.EndsWith("-when", StringComparison.Ordinal);
        return conditions.IsEmpty && needsCause
            ? throw new FaultFormatException("it names no cause; write one such as image=*:bad, memory-limit<256Mi, env:NAME=VALUE, configmap:NAME/KEY!=VALUE or always")
            : conditions;
    }
}
