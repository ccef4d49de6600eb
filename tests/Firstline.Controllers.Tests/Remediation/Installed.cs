using System.Text.Json.Nodes;
using Firstline.Testing;
using YamlDotNet.RepresentationModel;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>What config/admission installs, with the defaults that an API server fills in.</summary>
internal static class Installed
{
    public static JsonObject Policy(string file)
    {
        JsonObject policy = Document(file, 0);
        JsonObject match = policy["spec"]!["matchConstraints"]!.AsObject();
        match["matchPolicy"] = "Equivalent";
        match["namespaceSelector"] = new JsonObject();
        match["objectSelector"] = new JsonObject();
        match["resourceRules"]![0]!["scope"] = "*";
        return policy;
    }

    public static JsonObject Binding(string file) => Document(file, 1);

    private static JsonObject Document(string file, int index)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Checkout.Folder, "config", "admission", file + ".yaml"))));
        return (JsonObject)RemediationWorld.Json(stream.Documents[index].RootNode)!;
    }
}
