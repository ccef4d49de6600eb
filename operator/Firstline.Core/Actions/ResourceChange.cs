using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Firstline.Core.Actions;

/// <summary>How an action multiplies one of a container's resources: its parameters, and what follows from them.</summary>
/// <param name="Resource">memory or cpu.</param>
/// <param name="Unit">The smallest amount: a byte, or a thousandth of a core.</param>
/// <param name="Example">An amount as people write it.</param>
internal sealed record ResourceChange(string Resource, decimal Unit, string Example)
{
    public static readonly ResourceChange Memory = new("memory", 1m, "1Gi");
    public static readonly ResourceChange Cpu = new("cpu", 0.001m, "500m");
    public static readonly ImmutableArray<ResourceChange> All = [Memory, Cpu];

    private const decimal DefaultFactor = 1.5m;

    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(FactorName, $"What the {Resource} is multiplied by, 0.1 to 10: above 1 raises, below 1 lowers; 1.5 where only a bound is given.", Default: "", FactorProblem),
        new(MaxName, $"The highest amount of {Resource} that may be set, such as {Example}; needed to raise.", Default: "", AmountProblem),
        new(MinName, $"The lowest amount of {Resource} that may be set; needed to lower.", Default: "", AmountProblem),
    ];

    private string FactorName => $"{Resource}Factor";

    private string MaxName => $"{Resource}Max";

    private string MinName => $"{Resource}Min";

    /// <summary>True when it is to be changed: a factor or a bound is given.</summary>
    public bool IsWanted(ImmutableSortedDictionary<string, string> parameters) => parameters[FactorName].Length > 0 || parameters[MaxName].Length > 0 || parameters[MinName].Length > 0;

    /// <summary>What is wrong with the parameters together; null when they fit.</summary>
    public string? Problem(ImmutableSortedDictionary<string, string> parameters) => (FactorIn(parameters), AmountIn(parameters, MinName), AmountIn(parameters, MaxName)) switch
    {
        ( > 1 and var factor, _, null) => string.Create(CultureInfo.InvariantCulture, $"{FactorName} {factor} raises the {Resource}: give {MaxName}"),
        ( < 1 and var factor, null, _) => string.Create(CultureInfo.InvariantCulture, $"{FactorName} {factor} lowers the {Resource}: give {MinName}"),
        (_, { } min, { } max) when min > max => $"{MinName} {parameters[MinName]} is above {MaxName} {parameters[MaxName]}",
        _ => null,
    };

    /// <summary>The changes of one container; or why there are none.</summary>
    /// <param name="container">The container in the pod template.</param>
    /// <param name="owner">Whose it is, for messages.</param>
    /// <param name="kind">limits or requests.</param>
    /// <param name="parameters">All parameters of the action.</param>
    public (ImmutableArray<AmountChange> Changes, ActionResult.Refused? Refused) Plan(JsonNode container, string owner, string kind, ImmutableSortedDictionary<string, string> parameters)
    {
        string noun = $"{Resource} {kind[..^1]}";
        if (!Quantity.TryParse(AmountOf(container, kind), out Quantity before))
        {
            return ([], new(ActionReasons.NoAmount, $"{owner} has no {noun} to change"));
        }

        Quantity after = before.Times(FactorIn(parameters), Unit);
        return (OutOfBounds(before, after, parameters) ?? OutOfOrder(container, kind, before, after)) is (var reason, var why)
            ? ([], new(reason, $"the {noun} of {owner} would go from {before} to {after}, {why}"))
            : (Changes(container, kind, before, after, $"{(after > before ? "raise" : "lower")} the {noun} of {owner}"), null);
    }

    private ImmutableArray<AmountChange> Changes(JsonNode container, string kind, Quantity before, Quantity after, string what)
    {
        bool goesAlong = kind == "limits" && Beside(container, kind)?.Value == before.Value;
        string from = AmountOf(container, kind)!, to = after.ToString();
        AmountChange change = new(Resource, kind, from, to, $"{what} from {from} to {to}{(goesAlong ? ", and its request with it" : "")}");
        return goesAlong ? [change, new(Resource, "requests", AmountOf(container, "requests")!, to, "")] : [change];
    }

    private (string Reason, string Why)? OutOfBounds(Quantity before, Quantity after, ImmutableSortedDictionary<string, string> parameters) =>
        after.Value == before.Value ? (ActionReasons.AlreadySet, "which changes nothing")
        : after > before
            ? AmountIn(parameters, MaxName) is { } max && after <= max ? null : (ActionReasons.AboveMaximum, $"above the maximum of {parameters[MaxName]}")
            : AmountIn(parameters, MinName) is { } min && after >= min ? null : (ActionReasons.BelowMinimum, $"below the minimum of {parameters[MinName]}");

    // The API server refuses a request above its limit; one that equals it goes along.
    private (string Reason, string Why)? OutOfOrder(JsonNode container, string kind, Quantity before, Quantity after) => (kind, Beside(container, kind)) switch
    {
        ("requests", { } limit) when after > limit => (ActionReasons.AboveMaximum, $"above its limit of {limit}"),
        ("limits", { } request) when after < request && request.Value != before.Value => (ActionReasons.BelowMinimum, $"below its request of {request}"),
        _ => null,
    };

    private Quantity? Beside(JsonNode container, string kind) => Quantity.TryParse(AmountOf(container, kind == "limits" ? "requests" : "limits"), out Quantity amount) ? amount : null;

    private decimal FactorIn(ImmutableSortedDictionary<string, string> parameters) =>
        parameters[FactorName] is { Length: > 0 } factor ? decimal.Parse(factor, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : DefaultFactor;

    private static Quantity? AmountIn(ImmutableSortedDictionary<string, string> parameters, string name) => Quantity.TryParse(parameters[name], out Quantity amount) ? amount : null;

    private string? AmountOf(JsonNode container, string kind) => container["resources"]?[kind]?[Resource] is JsonValue value ? value.ToString() : null;

    private static string? FactorProblem(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal factor) && factor is >= 0.1m and <= 10 and not 1
            ? null
            : "must be a number from 0.1 to 10 and not 1, such as 1.5";

    private string? AmountProblem(string value) =>
        Quantity.TryParse(value, out Quantity amount) && amount.Value >= Unit ? null : $"must be an amount of {Resource}, such as {Example}";
}
