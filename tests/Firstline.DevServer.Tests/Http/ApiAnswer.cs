using System.Text.Json.Nodes;

namespace Firstline.DevServer.Tests.Http;

/// <summary>What the server said.</summary>
internal sealed record ApiAnswer(int Code, string Text, string[] Warnings)
{
    public JsonNode Body => JsonNode.Parse(Text)!;

    public string Message => Body["message"]?.GetValue<string>() ?? "";

    public string Reason => Body["reason"]?.GetValue<string>() ?? "";

    public string Version => Body["metadata"]!["resourceVersion"]!.GetValue<string>();

    public IEnumerable<string> Names => Body["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>());
}
