using System.Text.Json.Nodes;

namespace Firstline.DevServer.Discovery;

/// <summary>The <c>/version</c> document.</summary>
/// <remarks>1.33 is within one minor version of kubectl 1.32, which otherwise warns about the difference.</remarks>
internal static class ServerVersion
{
    public const string GitVersion = "v1.33.0-firstline";

    public static JsonObject Document() => new()
    {
        ["major"] = "1",
        ["minor"] = "33",
        ["gitVersion"] = GitVersion,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "",
        ["platform"] = "dotnet",
    };
}
