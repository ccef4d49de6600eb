using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Actions;

/// <summary>Jobs that plans make. The name is fixed in the plan, so that a repeated create is the same create.</summary>
internal static class NewJob
{
    // What the name of a pod's label may have; the Job's name is one.
    private const int MaxName = 63;

    // A Job that is removed while the operator is away must not be taken for one that was never made.
    private const int LeastSecondsKept = 86_400;

    // Set by the API server for the Job that was; a copy gets its own.
    private static readonly ImmutableArray<string> Generated = ["controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"];

    public const string Lost = "it can't be undone what the Job does";

    public static ImmutableArray<RbacRule> Rules(string reason) =>
    [
        new("batch", "jobs", ["get", "create"], reason),
        new("", "pods", ["list"], $"{reason}, and its pod tells the exit code"),
        new("", "pods/log", ["get"], $"{reason}, and the end of its log is kept"),
    ];

    /// <summary>A name that no other plan makes: from the object's UID and the time of planning.</summary>
    public static string Name(string stem, string infix, ActionRequest request)
    {
        string hash = CanonicalJson.HashOfText(string.Create(CultureInfo.InvariantCulture, $"{request.Target.Uid}/{infix}/{request.Now.UtcTicks}"))[..8];
        int room = MaxName - infix.Length - hash.Length - 2;
        return $"{(stem.Length <= room ? stem : stem[..room].TrimEnd('-', '.'))}-{infix}-{hash}";
    }

    /// <summary>The creation of a Job with that spec.</summary>
    /// <param name="target">The object that the plan is about, for the namespace.</param>
    /// <param name="name">Name of the Job.</param>
    /// <param name="metadata">Labels, annotations and owner references, or nothing.</param>
    /// <param name="spec">Its spec, as another Job has it or as a template says.</param>
    public static Mutation Create(TargetRef target, string name, JsonObject metadata, JsonObject spec)
    {
        metadata["name"] = name;
        if (target.Namespace is { } ns)
        {
            metadata["namespace"] = ns;
        }

        JsonObject job = new() { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["metadata"] = metadata, ["spec"] = Fresh(spec) };
        TargetRef made = new() { ApiVersion = "batch/v1", Kind = "Job", Namespace = target.Namespace, Name = name };
        return new() { Verb = MutationVerb.Create, Target = made, Body = CanonicalJson.Plain(job) };
    }

    /// <summary>Makes a Job one of those of its CronJob.</summary>
    public static JsonArray OwnedBy(OwnerReference owner) =>
        [new JsonObject { ["apiVersion"] = owner.ApiVersion, ["kind"] = owner.Kind, ["name"] = owner.Name, ["uid"] = owner.Uid, ["controller"] = true }];

    private static JsonObject Fresh(JsonObject spec)
    {
        JsonObject fresh = spec.DeepClone().AsObject();
        fresh.Remove("selector");
        fresh.Remove("manualSelector");
        fresh.Remove("suspend");
        if (fresh["ttlSecondsAfterFinished"] is { } seconds && long.TryParse(seconds.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out long kept) && kept < LeastSecondsKept)
        {
            fresh["ttlSecondsAfterFinished"] = LeastSecondsKept;
        }

        if (fresh["template"]?["metadata"]?["labels"] is JsonObject labels)
        {
            foreach (string label in Generated)
            {
                labels.Remove(label);
            }
        }

        return fresh;
    }
}
