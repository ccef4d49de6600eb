using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>The taint that the parameters of TaintNode and UntaintNode name.</summary>
internal static partial class TaintChoice
{
    private const string Key = "key";
    private const string Value = "value";
    private const string Effect = "effect";

    // NoExecute is not among them: it ends pods at once, past their PodDisruptionBudgets; Drain is for that.
    private static readonly ImmutableArray<string> Effects = ["NoSchedule", "PreferNoSchedule"];

    public static ImmutableArray<ActionParameter> Parameters =>
    [
        new(Key, "Key of the taint, such as example.com/maintenance; not one of node.kubernetes.io, which the control plane keeps itself.", Default: null, KeyProblem),
        new(Value, "Value of the taint, at most 63 characters; none when left out.", Default: "", ValueProblem),
        new(Effect, "NoSchedule or PreferNoSchedule; NoExecute is not offered, since it ends pods past their PodDisruptionBudgets.", Default: "NoSchedule", EffectProblem),
    ];

    public static TaintFacts Of(ActionRequest request) => new(request.Parameters[Key], request.Parameters[Value], request.Parameters[Effect]);

    /// <summary>Why the taint is not to be touched; null when it may be.</summary>
    public static ActionResult.Refused? WhyNot(TaintFacts taint) => taint.IsBySystem
        ? new(ActionReasons.TaintBySystem, $"taint {taint} is set and taken away by the control plane itself")
        : null;

    private static string? KeyProblem(string value) =>
        value.Length <= 316 && QualifiedName().IsMatch(value) ? null : "must be the key of a taint, such as example.com/maintenance";

    private static string? ValueProblem(string value) => value.Length <= 63 && LabelValue().IsMatch(value) ? null : "must be the value of a label, at most 63 characters";

    private static string? EffectProblem(string value) => Effects.Contains(value) ? null : $"must be {string.Join(" or ", Effects)}";

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    internal static partial Regex QualifiedName();

    [GeneratedRegex(@"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?\z", RegexOptions.CultureInvariant)]
    internal static partial Regex LabelValue();
}
