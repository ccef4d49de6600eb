using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;
using Firstline.Kube.Client;

namespace Firstline.Cli.Development;

/// <summary>Sets up an API server for development: definitions, policy and the library of runbooks with their revisions approved.</summary>
internal sealed class Seed(IKubeClient client, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly WriteOptions Manager = new() { FieldManager = "firstline-dev" };

    /// <summary>Applies all of it; what is there already is brought up to date.</summary>
    /// <param name="operatorNamespace">Where the runbooks go.</param>
    /// <param name="speed">How much faster than a real cluster the pods are; what the runbooks ask to stay healthy for is shortened as much.</param>
    /// <param name="ct">Stops it.</param>
    public async Task PlantAsync(string operatorNamespace, double speed, CancellationToken ct)
    {
        await ApplyAsync(Library.Definitions, ct);
        await ApplyAsync([.. Library.Development.Select(Declared)], ct);
        foreach (JsonObject runbook in Library.Runbooks)
        {
            runbook["metadata"]!["namespace"] = operatorNamespace;
            Hasten((JsonObject)runbook["spec"]!, speed);
            await ApproveRevisionAsync(await ApplyAsync(Declared(runbook), ct), ct);
        }
    }

    /// <summary>Applies objects in their order, as <c>kubectl apply --server-side</c> does.</summary>
    public async Task ApplyAsync(ImmutableArray<JsonObject> objects, CancellationToken ct)
    {
        foreach (JsonObject o in objects)
        {
            await ApplyAsync(o, ct);
        }
    }

    // Somebody who tries the same thing twice would wait out a cool-down of minutes; the policy's own stays.
    private static void Hasten(JsonObject spec, double speed)
    {
        (spec["limits"] as JsonObject)?.Remove("cooldown");
        if (spec["verification"] is JsonObject verification && Duration.TryParse(verification["stableFor"]?.ToString(), out Duration stable))
        {
            verification["stableFor"] = Duration.From(TimeSpan.FromMilliseconds(Math.Round(stable.Value.TotalMilliseconds / speed))).ToString();
        }
    }

    // As kubectl apply leaves it, so that somebody who applies a changed file is not warned that it was not.
    private static JsonObject Declared(JsonObject o)
    {
        string text = o.ToJsonString();
        JsonObject metadata = (JsonObject)o["metadata"]!;
        JsonObject annotations = metadata["annotations"] as JsonObject ?? [];
        annotations["kubectl.kubernetes.io/last-applied-configuration"] = text;
        metadata["annotations"] = annotations.Parent is null ? annotations : annotations.DeepClone();
        return o;
    }

    private async Task<KubeResponse> ApplyAsync(JsonObject o, CancellationToken ct)
    {
        NamespacedName key = new(o["metadata"]!["namespace"]?.ToString() ?? "", o["metadata"]!["name"]!.ToString());
        byte[] body = Encoding.UTF8.GetBytes(o.ToJsonString());
        long begun = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await client.ApplyAsync(KnownKinds.Of(o), key, body, ct, Manager);
            }
            catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound && clock.GetElapsedTime(begun) < Patience)
            {
                // A kind is served a moment after its definition was stored.
                await Task.Delay(Pause, clock, ct);
            }
        }
    }

    // Read from the answer: the revision covers the defaults that the server filled in.
    private Task<KubeResponse> ApproveRevisionAsync(KubeResponse stored, CancellationToken ct)
    {
        string revision = RunbookRevision.Of(stored.Read(FirstlineJson.Runbook).Spec);
        JsonObject patch = new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [AnnotationNames.ApprovedRevision] = revision } } };
        return client.PatchAsync(Runbook.Type, stored.Key, Patch.Merge(patch), ct, Manager);
    }
}
