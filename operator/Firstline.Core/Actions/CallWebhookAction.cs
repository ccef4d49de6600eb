using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Actions;

/// <summary>Calls a webhook that the operator's configuration names. Can't be undone.</summary>
/// <remarks>
/// What it is told are the names of the objects concerned and the content that the Runbook declares: no text of the cluster. The call is signed, and its key is the
/// same however often it is sent, so that whoever answers can tell a repetition. An answer of 2xx ends the step; 408, 409, 425, 429, 5xx and none are tried again within
/// the time limit, as the answer's Retry-After says; any other fails the step.
/// </remarks>
public sealed partial class CallWebhookAction : IAction
{
    /// <summary>Kind of the target of a call, which is no object of the cluster.</summary>
    public const string TargetKind = "Webhook";

    private const string Webhook = "webhook";
    private const string Content = "content";
    private const string Timeout = "timeout";
    private const string ContentRule = "must be a JSON object, such as {\"pool\":\"blue\"}, that names nothing twice and is at most 32 levels deep";

    // A name that is there twice can be stored but not be read, and receivers would differ on which counts.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <inheritdoc/>
    public string Name => "CallWebhook";

    /// <inheritdoc/>
    public string Description => "Calls a webhook that the operator's configuration names, signed and with a key that tells repetitions.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["CronJob", "HorizontalPodAutoscaler", "Node", "PersistentVolumeClaim", .. Workloads.Kinds];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(Webhook, "Name of the webhook in the operator's destinations file.", Default: null, NameProblem),
        new(Content, "What it is told beside the names of the objects, as a JSON object.", "{}", ContentProblem),
        TimeLimit.Parameter(Timeout, "2m"),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        TargetRef target = request.Situation.Subject;
        if (!request.Situation.Exists || !Workloads.IsSame(target, request.Target) || string.IsNullOrEmpty(target.Uid) || !TargetKinds.Contains(target.Kind))
        {
            return Workloads.Unknown(request);
        }

        JsonObject told = new() { ["target"] = Reference(target), ["content"] = JsonNode.Parse(request.Parameters[Content]) };
        TargetRef webhook = new() { ApiVersion = "firstline.dev/v1alpha1", Kind = TargetKind, Name = request.Parameters[Webhook] };
        Mutation call = new() { Verb = MutationVerb.Call, Target = webhook, Body = CanonicalJson.Plain(told) };
        return new ActionResult.Planned($"call {webhook} about {target}", [call], Inverse: [], DisruptedPods: 0, "it can't be undone what the webhook does")
        {
            Timeout = TimeLimit.Of(request, Timeout),
        };
    }

    private static JsonObject Reference(TargetRef target) => new()
    {
        ["apiVersion"] = target.ApiVersion, ["kind"] = target.Kind, ["namespace"] = target.Namespace, ["name"] = target.Name, ["uid"] = target.Uid,
    };

    private static string? NameProblem(string value) => WebhookName().IsMatch(value) ? null : "must be a name of at most 63 lower-case letters, digits and dashes";

    private static string? ContentProblem(string value)
    {
        try
        {
            return JsonNode.Parse(value, documentOptions: Strict) is JsonObject ? null : ContentRule;
        }
        catch (JsonException)
        {
            return ContentRule;
        }
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WebhookName();
}
