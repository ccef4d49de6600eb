namespace Firstline.Kube.Tests.Scripted;

/// <summary>JSON as an API server sends it.</summary>
internal static class ServerJson
{
    public static string Pod(string name, string version, string phase = "Running", string uid = "", string ns = "shop") =>
        $$$$"""
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{{name}}}}","namespace":"{{{{ns}}}}","uid":"{{{{(uid.Length > 0 ? uid : "uid-" + name)}}}}","resourceVersion":"{{{{version}}}}","managedFields":[{"manager":"kubelet","fieldsV1":{"f:status":{}}}]},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"i:1"}]},"status":{"phase":"{{{{phase}}}}"}}
        """;

    public static string List(string version, params string[] items) => Page(version, "", items);

    public static string Page(string version, string next, params string[] items) =>
        $$"""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"{{version}}","continue":"{{next}}"},"items":[{{string.Join(',', items)}}]}""" + "\n";

    public static string Frame(string type, string json) => $"{{\"type\":\"{type}\",\"object\":{json}}}\n";

    public static string Bookmark(string version) =>
        Frame("BOOKMARK", $$$"""{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"{{{version}}}","creationTimestamp":null}}""");

    public static string Error(int code, string reason, string message) => Frame("ERROR", Status(code, reason, message));

    public static string Status(int code, string reason, string message) =>
        $$$$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"{{{{message}}}}","reason":"{{{{reason}}}}","code":{{{{code}}}} }""";
}
