using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Planning;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Remediation;

/// <summary>Approvals are verified while the admission policies of config/admission and their bindings are installed, say what those say, and deny.</summary>
public sealed class AdmissionIdentity(IKubeClient client, TimeProvider clock) : IApprovalIdentitySource
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private static readonly ResourceType Policies =
        new("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy", "validatingadmissionpolicies", ResourceScope.Cluster);

    private static readonly ResourceType Bindings =
        new("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", ResourceScope.Cluster);

    private readonly Lock _gate = new();
    private (ApprovalIdentities Identities, DateTimeOffset At) _last = (ApprovalIdentities.Unknown, DateTimeOffset.MinValue);

    /// <inheritdoc/>
    public async Task<ApprovalIdentities> GetAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            if (now - _last.At < Remembered && now >= _last.At)
            {
                return _last.Identities;
            }
        }

        Task<ApprovalIdentity?> requests = ReadAsync(ShippedAdmission.Requests, cancellationToken);
        Task<ApprovalIdentity?> runbooks = ReadAsync(ShippedAdmission.Runbooks, cancellationToken);
        ApprovalIdentity? authors = await ReadAsync(ShippedAdmission.Authors, cancellationToken);
        ApprovalIdentities identities = new(await requests, await runbooks, authors);
        lock (_gate)
        {
            _last = (identities, now);
        }

        return identities;
    }

    /// <summary>Judges the two objects as the API server sends them; null where one is missing.</summary>
    internal static ApprovalIdentity Judge(ShippedAdmission shipped, JsonNode? policy, JsonNode? binding) =>
        shipped.IsEnforcedBy(policy?["spec"]) && IsBound(shipped.Name, binding?["spec"]) ? ApprovalIdentity.Verified : ApprovalIdentity.Unverified;

    private static bool IsBound(string policy, JsonNode? binding) =>
        IsText(binding?["policyName"], policy)
        && binding!["validationActions"] is JsonArray actions && actions.Any(static a => IsText(a, "Deny"))
        && AdmissionSpec.IsUnrestricted(binding["matchResources"]);

    private static bool IsText(JsonNode? node, string text) => node is JsonValue value && value.TryGetValue(out string? found) && found == text;

    private async Task<ApprovalIdentity?> ReadAsync(ShippedAdmission shipped, CancellationToken ct)
    {
        try
        {
            Task<JsonNode?> policy = FindAsync(Policies, shipped.Name, ct);
            JsonNode? binding = await FindAsync(Bindings, shipped.Name, ct);
            return Judge(shipped, await policy, binding);
        }
        catch (KubeException)
        {
            return null;   // not allowed to look, the server is away, or the answer is no object: it can't be told, and that counts as not verified
        }
    }

    private async Task<JsonNode?> FindAsync(ResourceType type, string name, CancellationToken ct)
    {
        try
        {
            return (await client.GetAsync(type, new NamespacedName("", name), ct)).ReadTree();
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return null;
        }
    }
}
