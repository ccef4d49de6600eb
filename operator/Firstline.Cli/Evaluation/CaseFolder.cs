using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.Cli.Evaluation;

/// <summary>A case on disk: <c>case.json</c>, <c>objects.json</c> and <c>logs/NAMESPACE/POD/CONTAINER[.previous].log</c>.</summary>
/// <param name="Name">Name of the folder.</param>
/// <param name="Path">The folder.</param>
internal sealed record CaseFolder(string Name, string Path)
{
    // A field that is there twice would only be noticed where it is looked at.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The cases below a folder, which may be one case itself, hold cases, or hold a folder <c>cases</c>; by name.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static ImmutableArray<CaseFolder> Find(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new CommandException($"there is no folder {directory}: name one that holds cases");
        }

        string cases = System.IO.Path.Combine(directory, "cases");
        IEnumerable<string> folders = IsCase(directory) ? [directory] : Directory.EnumerateDirectories(Directory.Exists(cases) ? cases : directory).Where(IsCase);
        ImmutableArray<CaseFolder> found =
        [
            .. folders.Select(static f => new CaseFolder(new DirectoryInfo(f).Name, f)).OrderBy(static c => c.Name, StringComparer.Ordinal),
        ];
        return found.IsEmpty ? throw new CommandException($"there is no case in {directory}: a case is a folder with case.json and objects.json") : found;
    }

    /// <summary>The objects, as they are written: times relative, references to UIDs by name. Each has a kind, a version and metadata with a name.</summary>
    /// <exception cref="CommandException">The file can't be read, or an object has no name.</exception>
    public ImmutableArray<JsonObject> Objects()
    {
        const string File = "objects.json";
        JsonArray items = Read(File)["items"] as JsonArray ?? throw new CommandException($"{Path}/{File} has no list items: it is a v1 List of objects");
        return [.. items.Select((item, at) => Named(item, (item as JsonObject)?["metadata"], $"{File}: items[{at}]"))];
    }

    /// <summary>What is to be deleted once all is there: kind, version, name and namespace of each.</summary>
    /// <exception cref="CommandException">The file can't be read, or what is to be deleted has no name.</exception>
    public ImmutableArray<JsonObject> AfterLoad()
    {
        const string File = "case.json";
        return [.. (Read(File)["afterLoad"] as JsonArray ?? []).Select((item, at) => Named(item, item, $"{File}: afterLoad[{at}]"))];
    }

    /// <summary>What is right, for scoring alone; null for a case that does not say.</summary>
    /// <exception cref="CommandException">It can't be read.</exception>
    public CaseTruth? Truth()
    {
        JsonObject text = Read("case.json");
        try
        {
            return text["expected"]?.Deserialize(EvaluationJson.Default.CaseTruth) is { } truth ? truth with { Category = text["category"]?.ToString() ?? "" } : null;
        }
        catch (JsonException e)
        {
            throw new CommandException($"{Path}/case.json does not say in expected what is right: {e.Message}", e);
        }
    }

    /// <summary>The log files of a pod: container, whether of its previous run, text.</summary>
    public IEnumerable<(string Container, bool Previous, string Text)> Logs(string ns, string pod)
    {
        const string End = ".log", Previous = ".previous";
        string folder = System.IO.Path.Combine(Path, "logs", ns, pod);
        foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + End) : [])
        {
            string name = System.IO.Path.GetFileName(file)[..^End.Length];
            bool isPrevious = name.EndsWith(Previous, StringComparison.Ordinal);
            yield return (isPrevious ? name[..^Previous.Length] : name, isPrevious, File.ReadAllText(file));
        }
    }

    private JsonObject Named(JsonNode? item, JsonNode? named, string place)
    {
        string? lacks = item is not JsonObject ? "is no object"
            : !HasText(item, "apiVersion") ? "has no apiVersion"
            : !HasText(item, "kind") ? "has no kind"
            : !HasText(named, "name") ? "has no name" : null;
        return lacks is null ? (JsonObject)item! : throw new CommandException($"{Path}/{place} {lacks}");
    }

    private static bool HasText(JsonNode? node, string field) => node is JsonObject o && o[field]?.GetValueKind() == JsonValueKind.String && o[field]!.ToString().Length > 0;

    private static bool IsCase(string folder) => File.Exists(System.IO.Path.Combine(folder, "case.json")) && File.Exists(System.IO.Path.Combine(folder, "objects.json"));

    private JsonObject Read(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Path, file)), documentOptions: Strict) as JsonObject ?? throw new CommandException($"{Path}/{file} is not a JSON object");
        }
        catch (JsonException e)
        {
            throw new CommandException($"{Path}/{file} is not JSON: {e.Message}", e);
        }
    }
}
