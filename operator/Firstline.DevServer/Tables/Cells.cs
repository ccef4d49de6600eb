using System.Text.Json.Nodes;
using Firstline.DevServer.Admission;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

/// <summary>Cells that several kinds share.</summary>
internal static class Cells
{
    public const string None = "<none>";

    public const string Unset = "<unset>";

    public static string Age(JsonObject value, DateTimeOffset now) => HumanDuration.Since(value.Time("metadata", "creationTimestamp"), now);

    public static string Text(JsonObject value, params ReadOnlySpan<string> path) => value.Text(path) ?? "";

    public static string OrNone(string? text) => string.IsNullOrEmpty(text) ? None : text;

    public static string Join(IEnumerable<string> texts) => OrNone(string.Join(',', texts));

    /// <summary><c>ready/wanted</c>.</summary>
    public static string Share(long? part, long? whole) => $"{part ?? 0}/{whole ?? 0}";

    public static IEnumerable<Column> Containers(params string[] template) =>
    [
        Column.Wide("Containers", o => string.Join(',', o.Objects(template).Select(c => c.Text("name")))),
        Column.Wide("Images", o => string.Join(',', o.Objects(template).Select(c => c.Text("image")))),
    ];

    public static Column Selector(params string[] path) => Column.Wide("Selector", o => LabelSelection.Format(o.Fields(path)));

    public static string AccessModes(JsonNode? modes) => string.Join(',', modes.Strings().Select(m => m switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => m,
    }));
}
