using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Raises the most, or the least, replicas that a HorizontalPodAutoscaler may set, by a factor up to a ceiling. Reversible: the inverse restores the number seen while planning, and the autoscaler stops the pods above it.</summary>
public sealed class AdjustHpaAction : IAction
{
    private const string Factor = "factor";
    private const string Ceiling = "ceiling";
    private const string Bound = "bound";

    /// <inheritdoc/>
    public string Name => "AdjustHpa";

    /// <inheritdoc/>
    public string Description => "Raises the bound that an autoscaler is at, the most or the least replicas, up to a ceiling.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["HorizontalPodAutoscaler"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(Bound, "Which bound: max or min.", "max", static value => value is "max" or "min" ? null : "must be max or min"),
        new(Factor, "What the bound is multiplied by, rounded up, above 1 and at most 4, such as 1.5.", "1.5", FactorProblem),
        new(Ceiling, "The highest bound that may be set, 1 to 1000; the least replicas never go above the most.", Default: null, CeilingProblem),
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

        int ceiling = int.Parse(request.Parameters[Ceiling], NumberStyles.None, CultureInfo.InvariantCulture);
        decimal factor = decimal.Parse(request.Parameters[Factor], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return request.Parameters[Bound] == "min"
            ? Raise(scaler, "least", "/spec/minReplicas", scaler.Least, isAtBound: scaler.Current <= scaler.Least, factor, Math.Min(ceiling, scaler.Most))
            : Raise(scaler, "most", "/spec/maxReplicas", scaler.Most, isAtBound: scaler.Current >= scaler.Most, factor, ceiling);
    }

    private static ActionResult Raise(AutoscalerFacts scaler, string name, string path, int bound, bool isAtBound, decimal factor, int highest)
    {
        if (!isAtBound)
        {
            return new ActionResult.Refused(ActionReasons.NotAtBound, string.Create(CultureInfo.InvariantCulture, $"{scaler.Ref} has {scaler.Current} replicas, at {name} {bound}, so that the bound is not what holds it"));
        }

        int wanted = Math.Min(highest, (int)Math.Ceiling(bound * factor));
        return wanted <= bound
            ? new ActionResult.Refused(ActionReasons.AboveMaximum, string.Create(CultureInfo.InvariantCulture, $"{scaler.Ref} has {bound} as its {name} replicas already, and {highest} is the highest allowed"))
            : new ActionResult.Planned(
                string.Create(CultureInfo.InvariantCulture, $"raise the {name} replicas of {scaler.Ref} from {bound} to {wanted}"),
                [Set(scaler.Ref, path, bound, wanted)], [Set(scaler.Ref, path, wanted, bound)], DisruptedPods: 0, Irreversible: null);
    }

    private static Mutation Set(TargetRef scaler, string path, int before, int after) =>
        Workloads.JsonPatch(scaler, Workloads.Operation("test", path, JsonValue.Create(before)), Workloads.Operation("replace", path, JsonValue.Create(after)));

    private static string? FactorProblem(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal factor) && factor is > 1 and <= 4 ? null : "must be a number above 1 and at most 4, such as 1.5";

    private static string? CeilingProblem(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int ceiling) && ceiling is >= 1 and <= 1000 ? null : "must be a whole number from 1 to 1000";
}
