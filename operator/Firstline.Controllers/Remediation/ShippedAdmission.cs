using System.Collections.Immutable;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Firstline.Controllers.Remediation;

/// <summary>An admission policy as this operator ships it, embedded from config/admission, so that the one in the cluster can be compared.</summary>
internal sealed class ShippedAdmission
{
    private readonly JsonObject _spec;

    private ShippedAdmission(string file)
    {
        using Stream stream = typeof(ShippedAdmission).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"the assembly was built without its resource {file}");
        using StreamReader reader = new(stream);
        YamlStream yaml = [];
        yaml.Load(reader);
        JsonNode policy = Json(yaml.Documents.Select(static d => d.RootNode).First(static n => (string?)n["kind"] == "ValidatingAdmissionPolicy"))!;
        Name = (string)policy["metadata"]!["name"]!;
        _spec = AdmissionSpec.Normal(policy["spec"]!);
    }

    /// <summary>For the approvals of RemediationRequests.</summary>
    public static ShippedAdmission Requests { get; } = new("admission/approvals.yaml");

    /// <summary>For the approvals of Runbook revisions.</summary>
    public static ShippedAdmission Runbooks { get; } = new("admission/runbook-approvals.yaml");

    /// <summary>For the authors of Incidents and Runbooks.</summary>
    public static ShippedAdmission Authors { get; } = new("admission/authors.yaml");

    /// <summary>All of them.</summary>
    public static ImmutableArray<ShippedAdmission> All { get; } = [Requests, Runbooks, Authors];

    public string Name { get; }

    /// <summary>Whether a policy's spec, as the API server sends it, denies at least what the shipped one denies. More validations only deny more.</summary>
    public bool IsEnforcedBy(JsonNode? spec)
    {
        if (spec is not JsonObject)
        {
            return false;
        }

        JsonObject present = AdmissionSpec.Normal(spec);
        return present["paramKind"] is null
            && present["matchConditions"] is null or JsonArray { Count: 0 }
            && JsonNode.DeepEquals(present["failurePolicy"], _spec["failurePolicy"])
            && JsonNode.DeepEquals(present["matchConstraints"], _spec["matchConstraints"])
            && HasAll("variables", present)
            && HasAll("validations", present);
    }

    private bool HasAll(string list, JsonObject present) =>
        _spec[list]!.AsArray().All(wanted => present[list] is JsonArray all && all.Any(p => JsonNode.DeepEquals(p, wanted)));

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(static c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Json(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),   // every scalar of these files is a string
    };
}
