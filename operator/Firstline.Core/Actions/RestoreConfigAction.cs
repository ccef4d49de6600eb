using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Takes a ConfigMap's <c>data</c> back to what was last applied. Reversible: the inverse restores the content seen while planning.</summary>
/// <remarks>Pods that read it by env see it after a restart, those that mount it within about a minute.</remarks>
public sealed class RestoreConfigAction : IAction
{
    /// <inheritdoc/>
    public string Name => "RestoreConfig";

    /// <inheritdoc/>
    public string Description => "Takes the data of a ConfigMap back to its last-applied content, while kubectl apply was the last to apply it.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["ConfigMap"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("", "configmaps", ["get", "patch"], "RestoreConfig replaces the data of a ConfigMap")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        ConfigMapFacts? config = request.Situation.ConfigMaps.FirstOrDefault(c => Workloads.IsSame(c.Ref, request.Target));
        if (config is not { Ref.Uid.Length: > 0 })
        {
            return Workloads.Unknown(request);
        }

        if (config.DeclaredData is not { } declared)
        {
            return new ActionResult.Refused(
                ActionReasons.NotDeclared, $"{config.Ref} {config.WhyNotDeclared ?? "is not guarded, so that what was applied is not known"}");
        }

        string[] keys = DifferentKeys(config.Data, declared);
        if (keys.Length == 0)
        {
            return new ActionResult.Refused(ActionReasons.NoDrift, $"the data of {config.Ref} is as it was last applied");
        }

        Mutation forward = ReplaceData(config.Ref, declared);
        Mutation inverse = ReplaceData(config.Ref, config.Data);
        return Math.Max(forward.Body!.Length, inverse.Body!.Length) > Workloads.MaxBodyLength
            ? new ActionResult.Refused(ActionReasons.TooLarge, $"the data of {config.Ref} is larger than {Workloads.MaxBodyLength} characters")
            : new ActionResult.Planned(
                $"restore {Counted.Of(keys.Length, "key")} of {config.Ref} to what was last applied: {string.Join(", ", keys.Take(5))}{(keys.Length > 5 ? ", ..." : "")}",
                [forward], [inverse], DisruptedPods: 0, Irreversible: null);
    }

    private static string[] DifferentKeys(ImmutableSortedDictionary<string, string> present, ImmutableSortedDictionary<string, string> declared) =>
    [
        .. from key in present.Keys.Union(declared.Keys)
           where !present.TryGetValue(key, out string? now) || !declared.TryGetValue(key, out string? meant) || now != meant
           orderby key
           select key,
    ];

    private static Mutation ReplaceData(TargetRef target, ImmutableSortedDictionary<string, string> data)
    {
        JsonObject value = [];
        foreach ((string key, string text) in data)
        {
            value[key] = text;
        }

        // RFC 6902: "add" replaces a member that exists.
        return Workloads.JsonPatch(target, Workloads.Operation("add", "/data", value));
    }
}
