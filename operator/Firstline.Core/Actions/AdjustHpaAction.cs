using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Actions;

/// <summary>Raises the most replicas that a HorizontalPodAutoscaler may set, by a factor up to a ceiling. Reversible: the inverse restores the number seen while planning, and the autoscaler stops the pods above it.</summary>
public sealed class AdjustHpaAction : IAction
{
    private const string Factor = "factor";
    private const string Ceiling = "ceiling";

    /// <inheritdoc/>
    public string Name => "AdjustHpa";

    /// <inheritdoc/>
    public string Description => "Raises the most replicas of an autoscaler that is at its bound, up to a ceiling.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["HorizontalPodAutoscaler"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(Factor, "What maxReplicas is multiplied by, rounded up, above 1 and at most 4, such as 1.5.", "1.5", FactorProblem),
        new(Ceiling, "The highest maxReplicas that may be set, 1 to 1000.", Default: null, CeilingProblem),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("autoscaling", "horizontalpodautoscalers", ["get", "patch"], "AdjustHpa sets spec.maxReplicas")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (request.Situation is not { Exists: true, Autoscaler: { Ref.Uid.Length: > 0 } scaler } || !Workloads.IsSame(scaler.Ref, request.Target))
        {
            return Workloads.Unknown(request);
        }

        if (scaler.Current < scaler.Most)
        {
            return new ActionResult.Refused(ActionReasons.NotAtBound, string.Create(CultureInfo.InvariantCulture, $"{scaler.Ref} has {scaler.Current} of at most {scaler.Most} replicas, so that the bound is not what holds it"));
        }

        int ceiling = int.Parse(request.Parameters[Ceiling], NumberStyles.None, CultureInfo.InvariantCulture);
        decimal factor = decimal.Parse(request.Parameters[Factor], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        int wanted = Math.Min(ceiling, (int)Math.Ceiling(scaler.Most * factor));
        return wanted <= scaler.Most
            ? new ActionResult.Refused(ActionReasons.AboveMaximum, string.Create(CultureInfo.InvariantCulture, $"{scaler.Ref} is at {scaler.Most} replicas already, and the runbook allows {ceiling}"))
            : new ActionResult.Planned(
                string.Create(CultureInfo.InvariantCulture, $"raise the most replicas of {scaler.Ref} from {scaler.Most} to {wanted}"),
                [Most(scaler.Ref, scaler.Most, wanted)], [Most(scaler.Ref, wanted, scaler.Most)], DisruptedPods: 0, Irreversible: null);
    }

    private static Mutation Most(TargetRef scaler, int before, int after) => Workloads.JsonPatch(
        scaler, Workloads.Operation("test", "/spec/maxReplicas", JsonValue.Create(before)), Workloads.Operation("replace", "/spec/maxReplicas", JsonValue.Create(after)));

    private static string? FactorProblem(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal factor) && factor is > 1 and <= 4 ? null : "must be a number above 1 and at most 4, such as 1.5";

    private static string? CeilingProblem(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int ceiling) && ceiling is >= 1 and <= 1000 ? null : "must be a whole number from 1 to 1000";
}
