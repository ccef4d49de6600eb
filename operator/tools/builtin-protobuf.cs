#:property PublishAot=false
// Derives operator/Firstline.DevServer/Schemas/Data/builtin-protobuf.json: the protobuf field numbers of the built-in types, which kubectl's
// imperative commands (create namespace, create token, auth can-i, drain) use on the wire.
//
//   dotnet run operator/tools/builtin-protobuf.cs -- /path/to/src/k8s.io > operator/Firstline.DevServer/Schemas/Data/builtin-protobuf.json
//
// The folder holds k8s.io/api and k8s.io/apimachinery (Debian: golang-k8s-api-dev, golang-k8s-apimachinery-dev); the numbers stand in the
// struct tags of their types. Each entry is number to field name; a '?' after it marks a pointer, whose zero value is a value; a '*' before
// it marks an embedded struct, whose fields stand in the outer object.
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

string sources = args.Length == 1 ? args[0] : throw new ArgumentException("give the folder with k8s.io/api and k8s.io/apimachinery");
JsonObject types = JsonNode.Parse(File.ReadAllText("operator/Firstline.DevServer/Schemas/Data/builtin-types.json"))!.AsObject();
SortedDictionary<string, string> numbers = new Numbers(sources).Of(types.Select(t => t.Key).Where(n => !n.StartsWith("apiextensions.", StringComparison.Ordinal)));
Console.WriteLine("{\n" + string.Join(",\n", numbers.Select(n => $"\"{n.Key}\":{n.Value}")) + "\n}");

/// <summary>Reads struct tags.</summary>
internal sealed class Numbers(string sources)
{
    private readonly Dictionary<string, string> _texts = [];

    public SortedDictionary<string, string> Of(IEnumerable<string> names)
    {
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        Queue<string> waiting = new(names);
        while (waiting.TryDequeue(out string? name))
        {
            if (!found.ContainsKey(name) && Struct(name) is { } body)
            {
                found[name] = Entry(name, body, waiting);
            }
        }

        return found;
    }

    private static string Entry(string name, string body, Queue<string> waiting)
    {
        string package = name[..name.LastIndexOf('.')];
        List<string> fields = [];
        foreach (Match field in Regex.Matches(body, "^\\s+(?<names>[\\w.]+)(?<type>\\s+\\S+)?\\s+`.*protobuf:\"\\w+,(?<number>\\d+)", RegexOptions.Multiline))
        {
            string json = Regex.Match(field.Value + body[(field.Index + field.Length)..].Split('\n')[0], "json:\"(?<name>[^\",]*)").Groups["name"].Value;
            if (json.Length == 0)
            {
                string embedded = $"{package}.{field.Groups["names"].Value}";
                waiting.Enqueue(embedded);
                json = $"*{embedded}";
            }

            fields.Add($"\"{field.Groups["number"].Value}\":\"{json}{(field.Groups["type"].Value.TrimStart().StartsWith('*') ? "?" : "")}\"");
        }

        return $"{{{string.Join(',', fields)}}}";
    }

    private string? Struct(string name)
    {
        string[] parts = name.Split('.');
        string folder = parts[0] == "meta" ? $"apimachinery/pkg/apis/meta/{parts[1]}" : $"api/{parts[0]}/{parts[1]}";
        Match found = Regex.Match(Text(Path.Combine(sources, folder)), $"^type {parts[2]} struct {{\n(?<body>.*?)^}}", RegexOptions.Multiline | RegexOptions.Singleline);
        return found.Success ? found.Groups["body"].Value : null;
    }

    private string Text(string folder)
    {
        if (!_texts.TryGetValue(folder, out string? text))
        {
            text = string.Concat(Directory.EnumerateFiles(folder, "*.go").Where(f => !f.Contains("generated") && !f.EndsWith("_test.go", StringComparison.Ordinal)).Select(File.ReadAllText));
            _texts[folder] = text;
        }

        return text;
    }
}
