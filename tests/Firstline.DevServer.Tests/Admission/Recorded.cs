using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tests.Admission;

/// <summary>Questions with the answers of a real API server (Kubernetes' own library, 0.36).</summary>
internal static class Recorded
{
    public static JsonNode Read(string name)
    {
        using Stream stream = typeof(Recorded).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException(name);
        return JsonNode.Parse(stream)!;
    }

    public static IEnumerable<object[]> Cases(string name) => Read(name).AsArray().Select(c => new object[] { c.Text("case")! });

    public static JsonObject Case(string name, string title) => Read(name).Objects().Single(c => c.Text("case") == title);

    /// <summary>The definition of the kind that <c>widgets.json</c> asks about, established.</summary>
    public static JsonObject WidgetDefinition()
    {
        JsonObject crd = Read("widget-crd.json").AsObject();
        crd["status"] = CrdAcceptance.Status(crd, [], DateTimeOffset.UnixEpoch);
        return crd;
    }

    public static KindDefinition Widget() => CustomKindReader.Read(WidgetDefinition()).Single().Definition;

    public static KindDefinition Builtin(string kind) => BuiltinKinds.All.First(k => k.Definition.Kind == kind).Definition;
}
