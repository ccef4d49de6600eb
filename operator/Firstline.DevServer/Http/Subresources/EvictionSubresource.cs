using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Selectors;
using Firstline.DevServer.Http.Verbs;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Patching.ServerSideApply;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Subresources;

/// <summary>Deletes a pod, unless its PodDisruptionBudget allows no disruption now.</summary>
internal sealed class EvictionSubresource(ObjectStore store, IKindRegistry kinds, ObjectWriter writer, ObjectDeleter deleter, TimeProvider time) : IVerb
{
    private static readonly WriteOptions AsServer = new(WriteMode.Commit, Schemas.Contracts.FieldValidation.Ignore, "kube-apiserver");

    public async Task HandleAsync(ApiRequest request)
    {
        ParsedBody body = await BodyReader.ReadObjectAsync(request.Http, "Eviction", request.Aborted);
        JsonObject eviction = (JsonObject)body.Node!;
        if (ObjectMetadata.Name(eviction) != request.Name)
        {
            throw ApiErrors.BadRequest("name in URL does not match name in Eviction object");
        }

        StoredObject pod = store.Find(request.Key) ?? throw ApiErrors.NotFound(request.Kind, request.Name);
        WriteOptions creation = WriteOptions.Read(request, "CreateOptions");
        DeleteOptions options = DeleteOptions.Read(request, eviction["deleteOptions"] as JsonObject);
        options = creation.Mode == WriteMode.DryRun ? options with { Mode = WriteMode.DryRun } : options;
        if (!pod.IsTerminating && ObjectMetadata.AsText(pod.Json["status"]?["phase"]) is not ("Succeeded" or "Failed" or "Pending" or null))
        {
            Spend(pod, options.Mode);
        }

        deleter.Delete(request.Kind, request.Key, options);
        await Responder.SendAsync(request.Http, 201, StatusDocuments.Success());
    }

    /// <summary>Takes one disruption from the pod's budget, if it has one.</summary>
    private void Spend(StoredObject pod, WriteMode mode)
    {
        List<StoredObject> budgets = [.. store.Snapshot(KindRules.PodDisruptionBudgets).Objects.In(pod.Key.Namespace)
            .Where(budget => LabelSelector.From(budget.Json["spec"]?["selector"] as JsonObject)?.Matches(pod.Labels) == true)];
        if (budgets.Count == 0)
        {
            return;
        }

        if (budgets.Count > 1)
        {
            throw ApiErrors.Internal("this pod has more than one PodDisruptionBudget, which the eviction subresource does not support");
        }

        KindDefinition kind = kinds.FindByKind("policy/v1", "PodDisruptionBudget") ?? throw ApiErrors.UnknownResource();
        writer.Update(kind, budgets[0].Key, "status", budget => Spent(pod, budget), AsServer with { Mode = mode });
    }

    private Proposal Spent(StoredObject pod, StoredObject budget)
    {
        JsonObject next = (JsonObject)budget.Json.DeepClone();
        JsonObject status = next["status"] as JsonObject ?? [];
        if (!IsReady(pod.Json) && NeedsNoDisruption(next, status))
        {
            return new Proposal(next);
        }

        if (Number(status, "observedGeneration") < Number(ObjectMetadata.Of(next), "generation"))
        {
            throw Refused($"The disruption budget {budget.Key.Name} is still being processed by the server.");
        }

        long allowed = Number(status, "disruptionsAllowed");
        if (allowed <= 0)
        {
            throw Refused(
                $"The disruption budget {budget.Key.Name} needs {Number(status, "desiredHealthy")} healthy pods and has {Number(status, "currentHealthy")} currently");
        }

        status["disruptionsAllowed"] = allowed - 1;
        JsonObject disrupted = status["disruptedPods"]?.DeepClone() as JsonObject ?? [];
        disrupted[pod.Key.Name] = Timestamps.Format(time.GetUtcNow());
        status["disruptedPods"] = disrupted;
        return new Proposal(next) { Owners = ManagedFields.Read(next) };
    }

    /// <summary>A pod that is not ready costs nothing while the others are enough, or where the budget says so.</summary>
    private static bool NeedsNoDisruption(JsonObject budget, JsonObject status)
    {
        long desired = Number(status, "desiredHealthy");
        return ObjectMetadata.AsText(budget["spec"]?["unhealthyPodEvictionPolicy"]) == "AlwaysAllow"
            || (desired > 0 && Number(status, "currentHealthy") >= desired);
    }

    private static bool IsReady(JsonObject pod) =>
        (pod["status"]?["conditions"] as JsonArray ?? []).Any(
            condition => ObjectMetadata.AsText(condition?["type"]) == "Ready" && ObjectMetadata.AsText(condition?["status"]) == "True");

    private static ApiException Refused(string why) => new(
        429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.",
        new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "DisruptionBudget", ["message"] = why }) });

    private static long Number(JsonObject json, string field) =>
        json[field]?.GetValueKind() == JsonValueKind.Number ? long.Parse(json[field]!.ToJsonString(), CultureInfo.InvariantCulture) : 0;
}
