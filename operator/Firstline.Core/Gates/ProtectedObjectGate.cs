using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed to objects that the policy protects by name or by label: the plan's target, whatever else its mutations change, and each pod that they end.</summary>
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

        ImmutableArray<TouchedObject> touched = TouchedObjects.Of(input.Request);
        if (touched.FirstOrDefault(t => rules.Objects.Any(o => IsFor(o, t.Ref))) is { Ref: var named })
        {
            return this.Closed(GateReasons.ObjectProtected, $"the policy protects {named}", named.ToString(), "not one of spec.protected.objects");
        }

        // What is created was nobody's before.
        return (rules.Labels.IsEmpty ? null : touched.Where(static t => t.Verb != MutationVerb.Create).Select(t => JudgeLabels(t, rules, input.Situation)).FirstOrDefault(static v => v is not null))
            ?? this.Open("nothing that it changes is protected");
    }

    private GateVerdict? JudgeLabels(TouchedObject touched, ProtectionRules rules, Situation? situation)
    {
        if (LabelsOf(touched, situation) is not { } labels)
        {
            return this.Closed(GateReasons.TargetUnknown, $"{touched.Ref} can't be seen, so its labels are not known");
        }

        string? hit = rules.Labels.Where(l => labels.TryGetValue(l.Key, out string? value) && value == l.Value).Select(static l => $"{l.Key}={l.Value}").FirstOrDefault();
        return hit is null ? null
            : this.Closed(GateReasons.ObjectProtected, $"the policy protects objects with the label {hit}, as {touched.Ref} has", hit, "none of spec.protected.labels");
    }

    // Null: not known. What a step before has ended, or somebody else, has none any more.
    private static ImmutableSortedDictionary<string, string>? LabelsOf(TouchedObject touched, Situation? situation)
    {
        if (situation is null)
        {
            return null;
        }

        PlannedTarget found = PlannedTarget.Of(touched.Ref, situation);
        bool isEnded = touched.Verb is MutationVerb.Delete or MutationVerb.Evict && Shows(situation, touched.Ref.Kind);
        return found.Exists ? found.Labels : isEnded ? ImmutableSortedDictionary<string, string>.Empty : null;
    }

    private static bool Shows(Situation situation, string kind) => kind switch
    {
        "Pod" => situation is { Workload: not null } or { Node: not null } or { CronJob: not null } or { Subject.Kind: "Pod" or "Job" },
        "Job" => situation is { CronJob: not null } or { Subject.Kind: "Job" },
        _ => false,
    };

    private static bool IsFor(ProtectedObject rule, TargetRef target) =>
        (rule.Kind is null || string.Equals(rule.Kind, target.Kind, StringComparison.OrdinalIgnoreCase))
        && (rule.Namespace is null || rule.Namespace == target.Namespace)
        && (rule.Name is null || rule.Name == target.Name);
}
