using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Verbs;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Patching.ServerSideApply;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Subresources;

/// <summary>Puts a pod on a node, once.</summary>
internal sealed class BindingSubresource(ObjectWriter writer, TimeProvider time) : IVerb
{
    public async Task HandleAsync(ApiRequest request)
    {
        WriteOptions options = WriteOptions.Read(request, "CreateOptions");
        ParsedBody body = await BodyReader.ReadObjectAsync(request.Http, "Binding", request.Aborted);
        string node = ObjectMetadata.AsText(body.Node!["target"]?["name"]) ?? "";
        writer.Update(request.Kind, request.Key, "binding", current => Bind(request, current, node), options);
        await Responder.SendAsync(request.Http, 201, StatusDocuments.Success());
    }

    private Proposal Bind(ApiRequest request, StoredObject current, string node)
    {
        string assigned = ObjectMetadata.AsText(current.Json["spec"]?["nodeName"]) ?? "";
        if (current.IsTerminating || assigned.Length > 0)
        {
            throw ApiErrors.Conflict(
                request.Kind with { Plural = "pods/binding" }, request.Name, $"pod {request.Name} is being deleted or already assigned to node \"{assigned}\"");
        }

        JsonObject pod = (JsonObject)current.Json.DeepClone();
        pod["spec"]!["nodeName"] = node;
        JsonObject status = pod["status"] as JsonObject ?? [];
        pod["status"] = status.Parent is null ? status : (JsonObject)status.DeepClone();
        JsonArray conditions = pod["status"]!["conditions"] as JsonArray ?? [];
        conditions.RemoveAll(condition => ObjectMetadata.AsText(condition?["type"]) == "PodScheduled");
        conditions.Add(new JsonObject
        {
            ["type"] = "PodScheduled",
            ["status"] = "True",
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = Timestamps.Format(time.GetUtcNow()),
        });
        if (conditions.Parent is null)
        {
            pod["status"]!["conditions"] = conditions;
        }

        return new Proposal(pod) { Owners = ManagedFields.Read(pod) };
    }
}
