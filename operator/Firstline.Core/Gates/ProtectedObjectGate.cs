using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed to objects that the policy protects by name or by label.</summary>
public sealed class ProtectedObjectGate : IGate
{
    /// <inheritdoc/>
    public string Name => "ProtectedObject";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { Protected: var rules })
        {
            return this.Closed(GateReasons.PolicyMissing, "it is not known which objects are protected");
        }

        string home = input.Request.Metadata.Namespace ?? "";
        TargetRef[] touched =
            [.. input.Request.Spec.Plan.Steps.SelectMany(static s => s.Forward.Concat(s.Inverse)).Select(static m => m.Target).Prepend(input.Request.Spec.Plan.Target)];
        if (Array.Find(touched, t => rules.Objects.Any(o => IsFor(o, t, home))) is { } named)
        {
            return this.Closed(GateReasons.ObjectProtected, $"the policy protects {named}", named.ToString(), "not one of spec.protected.objects");
        }

        return rules.Labels.IsEmpty ? this.Open("the target is not protected") : JudgeLabels(input, rules);
    }

    private GateVerdict JudgeLabels(GateInput input, ProtectionRules rules)
    {
        TargetRef target = input.Request.Spec.Plan.Target;
        if (input.Situation is not { } situation || PlannedTarget.Of(target, situation) is not { Exists: true } found)
        {
            return this.Closed(GateReasons.TargetUnknown, $"{target} can't be seen, so its labels are not known");
        }

        string[] hits = [.. rules.Labels.Where(l => found.Labels.TryGetValue(l.Key, out string? value) && value == l.Value).Select(static l => $"{l.Key}={l.Value}")];
        return hits.Length == 0
            ? this.Open("the target is not protected")
            : this.Closed(GateReasons.ObjectProtected, $"the policy protects objects with the label {hits[0]}, as {target} has", hits[0], "none of spec.protected.labels");
    }

    private static bool IsFor(ProtectedObject rule, TargetRef target, string home) =>
        (rule.Kind is null || string.Equals(rule.Kind, target.Kind, StringComparison.OrdinalIgnoreCase))
        && (rule.Namespace is null || rule.Namespace == (target.Namespace ?? home))
        && (rule.Name is null || rule.Name == target.Name);
}
