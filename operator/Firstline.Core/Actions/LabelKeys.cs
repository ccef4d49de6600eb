using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Sets a label or an annotation of an object: what Annotate and Label have in common.</summary>
/// <remarks>Keys of Kubernetes and of Firstline itself are refused: they steer controllers, budgets and gates, and are no notes.</remarks>
internal static class LabelKeys
{
    private const string Key = "key";
    private const string Value = "value";
    private static readonly ImmutableArray<string> Reserved = ["kubernetes.io", "k8s.io", "firstline.dev"];

    public static readonly ImmutableArray<string> Kinds = ["Node", .. Workloads.Kinds];

    public static ImmutableArray<ActionParameter> Parameters(string what, Func<string, string?> problem) =>
    [
        new(Key, $"Key of the {what}, such as example.com/state; not one of kubernetes.io, k8s.io or firstline.dev.", Default: null, KeyProblem),
        new(Value, $"Its value; the {what} is taken away when left out.", Default: "", problem),
    ];

    public static ImmutableArray<RbacRule> Rules(string reason) => [.. Workloads.Rules(reason), .. Nodes.Rules(reason)];

    /// <summary>Plans to set <c>metadata.FIELD[KEY]</c> of the target, with what was seen there as the inverse.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field"><c>labels</c> or <c>annotations</c>.</param>
    /// <param name="present">What the object has.</param>
    public static ActionResult Plan(ActionRequest request, string field, IReadOnlyDictionary<string, string>? present)
    {
        if (present is null || TargetOf(request) is not { } target)
        {
            return Workloads.Unknown(request);
        }

        string key = request.Parameters[Key];
        string? wanted = request.Parameters[Value] is { Length: > 0 } value ? value : null;
        string? before = present.GetValueOrDefault(key);
        string what = $"{field[..^1]} {key}";
        if (before == wanted)
        {
            return new ActionResult.Refused(ActionReasons.AlreadySet, $"{target} {(wanted is null ? "has no" : "has that")} {what} already");
        }

        return before?.EndsWith(BoundedText.CutMark, StringComparison.Ordinal) == true
            ? new ActionResult.Refused(ActionReasons.TooLarge, $"{what} of {target} is too long to be kept for the way back")
            : new ActionResult.Planned(
                $"{(wanted is null ? "take away" : before is null ? "add" : "change")} {what} of {target}", [Change(target, field, key, before, wanted)], [Change(target, field, key, wanted, before)],
                DisruptedPods: 0, Irreversible: null);
    }

    // A value that was seen is tested, so that another's change is not covered up; what was not there is added by a merge, which makes the map where there is none.
    private static Mutation Change(TargetRef target, string field, string key, string? before, string? after)
    {
        string path = $"/metadata/{field}/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
        return before is null
            ? Workloads.MergePatch(target, new JsonObject { ["metadata"] = new JsonObject { [field] = new JsonObject { [key] = after } } })
            : Workloads.JsonPatch(
                target, Workloads.Operation("test", path, before), after is null ? new JsonObject { ["op"] = "remove", ["path"] = path } : Workloads.Operation("replace", path, after));
    }

    private static TargetRef? TargetOf(ActionRequest request) => Workloads.Find(request)?.Ref ?? Nodes.Find(request)?.Ref;

    private static string? KeyProblem(string value) => value.Length > 316 || !TaintChoice.QualifiedName().IsMatch(value) ? "must be the key of a label, such as example.com/state"
        : Reserved.FirstOrDefault(domain => DomainOf(value) == domain || DomainOf(value).EndsWith("." + domain, StringComparison.Ordinal)) is { } reserved
            ? string.Create(CultureInfo.InvariantCulture, $"must not be one of {reserved}, whose keys steer the cluster")
            : null;

    private static string DomainOf(string key) => key.Contains('/', StringComparison.Ordinal) ? key[..key.IndexOf('/', StringComparison.Ordinal)] : "";
}
