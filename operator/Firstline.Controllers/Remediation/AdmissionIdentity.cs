using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Remediation;

/// <summary>Approvals are verified while the admission policies of config/admission and their bindings are installed, say what those say, and deny.</summary>
/// <remarks>Read from informers: asking costs no request, and whoever rests on the answer is woken when it changes.</remarks>
public sealed class AdmissionIdentity : IApprovalIdentitySource
{
    /// <summary>Asks for the informers; call it before they are waited for.</summary>
    public AdmissionIdentity(SharedInformers informers)
    {
        ArgumentNullException.ThrowIfNull(informers);
        Policies = informers.Get<AdmissionPart>(new ResourceQuery(BuiltinTypes.AdmissionPolicies), ReadPolicy);
        Bindings = informers.Get<AdmissionPart>(new ResourceQuery(BuiltinTypes.AdmissionBindings), ReadBinding);
    }

    /// <inheritdoc/>
    public ApprovalIdentities Current => new(Of(ShippedAdmission.Requests), Of(ShippedAdmission.Runbooks), Of(ShippedAdmission.Authors));

    internal Informer<AdmissionPart> Policies { get; }

    internal Informer<AdmissionPart> Bindings { get; }

    /// <summary>Reads a policy as the API server sends it.</summary>
    internal static AdmissionPart ReadPolicy(ReadOnlySpan<byte> json) =>
        Read(json, static (shipped, policy) => shipped.IsEnforcedBy(policy["spec"]));

    /// <summary>Reads a binding as the API server sends it.</summary>
    internal static AdmissionPart ReadBinding(ReadOnlySpan<byte> json) =>
        Read(json, static (shipped, binding) => IsBound(shipped.Name, binding["spec"]));

    // Policies of others are none of our business: nothing is kept of them.
    private static AdmissionPart Read(ReadOnlySpan<byte> json, Func<ShippedAdmission, JsonObject, bool> holds)
    {
        JsonObject? found = JsonNode.Parse(json) as JsonObject;
        string? name = found?["metadata"]?["name"]?.ToString();
        return new(ShippedAdmission.All.FirstOrDefault(s => s.Name == name) is { } shipped && holds(shipped, found!));
    }

    private static bool IsBound(string policy, JsonNode? binding) =>
        binding is JsonObject && IsText(binding["policyName"], policy)
        && binding["validationActions"] is JsonArray actions && actions.Any(static a => IsText(a, "Deny"))
        && AdmissionSpec.IsUnrestricted(binding["matchResources"]);

    private static bool IsText(JsonNode? node, string text) => node is JsonValue value && value.TryGetValue(out string? found) && found == text;

    private ApprovalIdentity? Of(ShippedAdmission shipped) =>
        !IsKnown(Policies, shipped) || !IsKnown(Bindings, shipped) ? null
        : Holds(Policies, shipped) && Holds(Bindings, shipped) ? ApprovalIdentity.Verified : ApprovalIdentity.Unverified;

    // What was seen of an object before it became unreadable proves nothing of what it says now.
    private static bool IsKnown(Informer<AdmissionPart> parts, ShippedAdmission shipped) =>
        parts.HasSynced && parts.Unreadable.All(u => u.Key.Name != shipped.Name);

    private static bool Holds(Informer<AdmissionPart> parts, ShippedAdmission shipped) => parts.Find(new NamespacedName("", shipped.Name)) is { Holds: true };
}
