using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Asks for a larger volume for a bound claim, by a factor up to a maximum. Can't be undone: no volume shrinks.</summary>
public sealed class ExpandPvcAction : IAction
{
    private const string Factor = "factor";
    private const string Max = "max";

    /// <inheritdoc/>
    public string Name => "ExpandPvc";

    /// <inheritdoc/>
    public string Description => "Asks for a larger volume for a claim, where its StorageClass allows that.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["PersistentVolumeClaim"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(Factor, "What the size is multiplied by, above 1 and at most 4, such as 1.5.", "1.5", FactorProblem),
        new(Max, "The largest size that may be asked for, such as 200Gi.", Default: null, static v => Quantity.TryParse(v, out Quantity size) && size.Value > 0 ? null : "must be an amount, such as 200Gi"),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("", "persistentvolumeclaims", ["get", "patch"], "ExpandPvc raises the size that a claim asks for")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (request.Situation is not { Exists: true, Claim: { Ref.Uid.Length: > 0 } claim } || !Workloads.IsSame(claim.Ref, request.Target) 
            || !Quantity.TryParse(claim.Requested, out Quantity size) || !Quantity.TryParse(request.Parameters[Max], out Quantity max))
        {
            return Workloads.Unknown(request);
        }

        if (WhyNot(claim) is { } refused)
        {
            return refused;
        }

        Quantity wanted = size.Times(decimal.Parse(request.Parameters[Factor], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
        wanted = wanted > max ? max : wanted;
        return wanted <= size
            ? new ActionResult.Refused(ActionReasons.AboveMaximum, $"{claim.Ref} asks for {size} already, and the runbook allows {max}")
            : new ActionResult.Planned(
                $"expand {claim.Ref} from {size} to {wanted}",
                [Workloads.JsonPatch(claim.Ref, Workloads.Operation("test", Path, claim.Requested!), Workloads.Operation("replace", Path, wanted.ToString()))],
                Inverse: [], DisruptedPods: 0, "a volume can't be made smaller again");
    }

    private const string Path = "/spec/resources/requests/storage";

    private static ActionResult.Refused? WhyNot(ClaimFacts claim) =>
        claim.Phase != "Bound" ? new(ActionReasons.NotExpandable, $"{claim.Ref} is {claim.Phase} and not Bound, so that it has no volume to expand")
        : !claim.IsExpandable ? new(ActionReasons.NotExpandable, $"the StorageClass of {claim.Ref} does not allow volume expansion, or has none")
        : claim.Capacity is { } capacity && Quantity.TryParse(capacity, out Quantity has) && Quantity.TryParse(claim.Requested, out Quantity asked) && has < asked
            ? new(ActionReasons.NotExpandable, $"{claim.Ref} is being expanded already: it has {has} of {asked}")
        : null;

    private static string? FactorProblem(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal factor) && factor is > 1 and <= 4 ? null : "must be a number above 1 and at most 4, such as 1.5";
}
