using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Development;
using Firstline.Cli.Yaml;
using Firstline.Core.Actions;
using Firstline.Core.Planning;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Firstline.Cli.Runbooks;

/// <summary>Checks runbook files without a cluster: first by the schema, then, when that holds, by what the operator itself asks of a runbook.</summary>
internal static class RunbookLint
{
    // The definition leaves it to the API server, which knows more fields.
    private const string MetadataSchema =
        """
        {
          "type": "object", "required": ["name"], "x-kubernetes-preserve-unknown-fields": true,
          "properties": {
            "name": {"type": "string"}, "namespace": {"type": "string"},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}}, "annotations": {"type": "object", "additionalProperties": {"type": "string"}}
          }
        }
        """;

    private static readonly Lazy<JsonObject> Schema = new(static () =>
    {
        JsonObject schema = Library.SchemaOf("runbooks");
        schema["required"]!.AsArray().Add(JsonValue.Create("metadata"));
        schema["properties"]!["metadata"] = JsonNode.Parse(MetadataSchema);
        return schema;
    });

    /// <summary>Problems of one file, in the order of its lines; empty when all runbooks in it can be used.</summary>
    public static (int Runbooks, ImmutableArray<Problem> Problems) Check(string text)
    {
        try
        {
            ImmutableArray<YamlMappingNode> runbooks = [.. YamlFile.Parse(text).Where(IsRunbook)];
            return (runbooks.Length, [.. runbooks.SelectMany(static r => CheckOne(r)).OrderBy(static p => p.Line).ThenBy(static p => p.Column)]);
        }
        catch (YamlException e)
        {
            return (0, [new Problem(e.Start.Line, e.Start.Column, $"this is not YAML: {e.InnerException?.Message ?? e.Message}")]);
        }
    }

    /// <summary>True for a document that says it is a Runbook, whatever its version.</summary>
    public static bool IsRunbook(YamlMappingNode document) =>
        document.Children.TryGetValue(new YamlScalarNode("kind"), out YamlNode? kind) && kind is YamlScalarNode { Value: "Runbook" };

    /// <summary>Decodes what a file declares, of a document that passed the schema: name and spec.</summary>
    public static Runbook Decode(YamlMappingNode document)
    {
        JsonObject json = YamlFile.Json(document);
        JsonObject declared = new() { ["metadata"] = new JsonObject { ["name"] = json["metadata"]!["name"]!.DeepClone() }, ["spec"] = json["spec"]!.DeepClone() };
        return declared.Deserialize(FirstlineJson.Runbook)!;
    }

    private static ImmutableArray<Problem> CheckOne(YamlMappingNode document)
    {
        ImmutableArray<Problem> actions = [.. UnknownActions(document)];
        ImmutableArray<Problem> others = [.. VersionProblems(document), .. SchemaCheck.Check(document, Schema.Value).Where(p => !actions.Any(a => a.Line == p.Line))];
        return actions.IsEmpty && others.IsEmpty
            ? [.. RunbookValidator.Validate(Decode(document).Spec).Select(message => At(document, message))]
            : [.. others, .. actions];
    }

    private static IEnumerable<Problem> VersionProblems(YamlMappingNode document) =>
        YamlFile.Json(document)["apiVersion"]?.ToString() == GroupVersion.ApiVersion ? [] : [At(document, $"apiVersion: must be {GroupVersion.ApiVersion}")];

    // Says more than the schema's enum does, and also where another field keeps the runbook from being read as a whole.
    private static IEnumerable<Problem> UnknownActions(YamlMappingNode document) =>
        from step in YamlPath.Nearest(document, "spec.steps") is YamlSequenceNode steps ? steps.Children.OfType<YamlMappingNode>() : []
        where YamlPath.Nearest(step, "action") is YamlScalarNode { Value: { } name } && ActionCatalogue.Find(name) is null
        let action = (YamlScalarNode)YamlPath.Nearest(step, "action")
        select new Problem(action.Start.Line, action.Start.Column,
            $"spec.steps.action: there is no action {action.Value}{NearestName.Question(action.Value!, ActionCatalogue.All.Select(static a => a.Name))}");

    private static Problem At(YamlMappingNode document, string message)
    {
        Mark place = YamlPath.Nearest(document, message.Split(": ", 2)[0]).Start;
        return new Problem(place.Line, place.Column, message);
    }
}
