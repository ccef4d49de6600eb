using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>
/// Raises or lowers the most, or the least, replicas that a HorizontalPodAutoscaler may set, by a factor within a ceiling and a floor. Reversible: the inverse restores the number
/// seen while planning. The most replicas are not lowered below those that run, so that no pod is stopped by it: a plan is refused once more run. Of the least replicas, each that is
/// taken away counts as a pod that may be stopped.
/// </summary>
public sealed class AdjustHpaAction : IAction
{
    private const string Factor = "factor";
    private const string Ceiling = "ceiling";
    private const string Floor = "floor";
    private const string Bound = "bound";
    private const string Kind = "HorizontalPodAutoscaler";
    private const string LeastPath = "/spec/minReplicas";
    private const string MostPath = "/spec/maxReplicas";

    /// <inheritdoc/>
    public string Name => "AdjustHpa";

    /// <inheritdoc/>
    public string Description => "Raises the bound that an autoscaler is at, the most or the least replicas, up to a ceiling; or lowers it, down to a floor.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => [Kind];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(Bound, "Which bound: max or min.", "max", static value => value is "max" or "min" ? null : "must be max or min"),
        new(Factor, "What the bound is multiplied by, rounded up, 0.25 to 4: above 1 raises, below 1 lowers.", "1.5", FactorProblem),
        new(Ceiling, "The highest bound that may be set, 1 to 1000; the least replicas never go above the most. Needed to raise.", "", NumberProblem),
        new(Floor, "The lowest bound that may be set, 1 to 1000; the most replicas never go below those that run. Needed to lower.", "", NumberProblem),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("autoscaling", "horizontalpodautoscalers", ["get", "patch"], "AdjustHpa sets spec.maxReplicas or spec.minReplicas")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (request.Situation is not { Exists: true, Autoscaler: { Ref.Uid.Length: > 0 } scaler } || !Workloads.IsSame(scaler.Ref, request.Target))
        {
            return Workloads.Unknown(request);
        }

        ImmutableSortedDictionary<string, string> given = request.Parameters;
        decimal factor = FactorIn(given);
        return (given[Bound], factor > 1) switch
        {
            ("min", true) => Raise(scaler, "least", LeastPath, scaler.Least, isAtBound: scaler.Current <= scaler.Least, factor, Math.Min(NumberIn(given, Ceiling), scaler.Most)),
            ("min", false) when scaler.Current > scaler.Least => NotHeld(scaler, "least", scaler.Least),
            ("min", false) => Lower(scaler, "least", LeastPath, scaler.Least, factor, NumberIn(given, Floor)),
            (_, true) => Raise(scaler, "most", MostPath, scaler.Most, isAtBound: scaler.Current >= scaler.Most, factor, NumberIn(given, Ceiling)),
            (_, false) => Lower(scaler, "most", MostPath, scaler.Most, factor, Math.Max(NumberIn(given, Floor), Math.Max(scaler.Current, scaler.Least))),
        };
    }

    /// <summary>The most replicas that a plan leaves an autoscaler; null when it leaves them alone.</summary>
    /// <param name="plan">Any plan.</param>
    internal static int? MostAfter(RemediationPlan plan) => plan.Steps.SelectMany(static s => s.Forward)
        .Where(static m => m is { Verb: MutationVerb.JsonPatch, Target.Kind: Kind, Body: not null })
        .SelectMany(static m => JsonNode.Parse(m.Body!)!.AsArray()).Where(static o => (string?)o!["op"] == "replace" && (string?)o["path"] == MostPath)
        .Select(static o => (int?)o!["value"]).LastOrDefault();

    /// <inheritdoc/>
    public string? Problem(ImmutableSortedDictionary<string, string> parameters) => FactorIn(parameters) > 1
        ? parameters[Ceiling].Length == 0 ? $"{Factor} {parameters[Factor]} raises the bound: give {Ceiling}" : null
        : parameters[Floor].Length == 0 ? $"{Factor} {parameters[Factor]} lowers the bound: give {Floor}" : null;

    private static ActionResult Raise(AutoscalerFacts scaler, string name, string path, int bound, bool isAtBound, decimal factor, int highest)
    {
        int wanted = Math.Min(highest, Times(bound, factor));
        return !isAtBound ? NotHeld(scaler, name, bound)
            : wanted <= bound ? new ActionResult.Refused(ActionReasons.AboveMaximum, string.Create(CultureInfo.InvariantCulture, $"{scaler.Ref} has {bound} as its {name} replicas already, and {highest} is the highest allowed"))
            : Planned(scaler, $"raise the {name} replicas", path, bound, wanted);
    }

    private static ActionResult Lower(AutoscalerFacts scaler, string name, string path, int bound, decimal factor, int lowest)
    {
        int wanted = Math.Max(lowest, Times(bound, factor));
        return wanted >= bound
            ? new ActionResult.Refused(ActionReasons.BelowMinimum, string.Create(CultureInfo.InvariantCulture, $"{scaler.Ref} has {bound} as its {name} replicas, runs {scaler.Current}, and {lowest} is the lowest allowed"))
            : Planned(scaler, $"lower the {name} replicas", path, bound, wanted, path == LeastPath ? bound - wanted : 0);
    }

    private static ActionResult.Refused NotHeld(AutoscalerFacts scaler, string name, int bound) =>
        new(ActionReasons.NotAtBound, string.Create(CultureInfo.InvariantCulture, $"{scaler.Ref} has {scaler.Current} replicas, at {name} {bound}, so that the bound is not what holds it"));

    private static ActionResult.Planned Planned(AutoscalerFacts scaler, string what, string path, int bound, int wanted, int disrupted = 0) => new(
        string.Create(CultureInfo.InvariantCulture, $"{what} of {scaler.Ref} from {bound} to {wanted}"),
        [Set(scaler.Ref, path, bound, wanted)], [Set(scaler.Ref, path, wanted, bound)], disrupted, Irreversible: null);

    private static int Times(int bound, decimal factor) => (int)Math.Ceiling(bound * factor);

    private static Mutation Set(TargetRef scaler, string path, int before, int after) =>
        Workloads.JsonPatch(scaler, Workloads.Operation("test", path, JsonValue.Create(before)), Workloads.Operation("replace", path, JsonValue.Create(after)));

    private static decimal FactorIn(ImmutableSortedDictionary<string, string> parameters) => decimal.Parse(parameters[Factor], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static int NumberIn(ImmutableSortedDictionary<string, string> parameters, string name) => int.Parse(parameters[name], NumberStyles.None, CultureInfo.InvariantCulture);

    private static string? FactorProblem(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal factor) && factor is >= 0.25m and <= 4 and not 1 ? null : "must be a number from 0.25 to 4 and not 1, such as 1.5";

    private static string? NumberProblem(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 1000 ? null : "must be a whole number from 1 to 1000";
}
