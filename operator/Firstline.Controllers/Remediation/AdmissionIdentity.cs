using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Remediation;

/// <summary>Approvals are verified while the admission policy and its binding (config/admission) are installed and deny what does not fit.</summary>
public sealed class AdmissionIdentity(IKubeClient client, TimeProvider clock) : IApprovalIdentitySource
{
    private const string Name = "firstline-approvals";
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private static readonly ResourceType Policies =
        new("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy", "validatingadmissionpolicies", ResourceScope.Cluster);

    private static readonly ResourceType Bindings =
        new("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", ResourceScope.Cluster);

    private readonly Lock _gate = new();
    private (ApprovalIdentity? Identity, DateTimeOffset At) _last = (null, DateTimeOffset.MinValue);

    /// <inheritdoc/>
    public async Task<ApprovalIdentity?> GetAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            if (now - _last.At < Remembered && now >= _last.At)
            {
                return _last.Identity;
            }
        }

        ApprovalIdentity? identity = await ReadAsync(cancellationToken);
        lock (_gate)
        {
            _last = (identity, now);
        }

        return identity;
    }

    /// <summary>Judges the two objects as the API server sends them; null where one is missing.</summary>
    internal static ApprovalIdentity Judge(JsonNode? policy, JsonNode? binding) =>
        IsEnforced(policy?["spec"]) && IsBound(binding?["spec"]) ? ApprovalIdentity.Verified : ApprovalIdentity.Unverified;

    private static bool IsEnforced(JsonNode? policy) =>
        policy is not null && (string?)policy["failurePolicy"] is null or "Fail"
        && policy!["validations"] is JsonArray { Count: > 0 }
        && policy["matchConditions"] is null or JsonArray { Count: 0 };

    private static bool IsBound(JsonNode? binding) =>
        (string?)binding?["policyName"] == Name
        && binding!["validationActions"] is JsonArray actions && actions.Any(static a => (string?)a == "Deny")
        && binding["matchResources"] is null or JsonObject { Count: 0 };

    private async Task<ApprovalIdentity?> ReadAsync(CancellationToken ct)
    {
        try
        {
            return Judge(await FindAsync(Policies, ct), await FindAsync(Bindings, ct));
        }
        catch (KubeException)
        {
            return null;   // not allowed to look, or the server is away: it can't be told, and that counts as not verified
        }
    }

    private async Task<JsonNode?> FindAsync(ResourceType type, CancellationToken ct)
    {
        try
        {
            return JsonNode.Parse((await client.GetAsync(type, new NamespacedName("", Name), ct)).Body.Span);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return null;
        }
    }
}
