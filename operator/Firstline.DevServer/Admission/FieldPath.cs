using System.Globalization;

namespace Firstline.DevServer.Admission;

/// <summary>Paths of fields as the API server writes them: <c>spec.containers[0].image</c>, <c>metadata.labels[key]</c>.</summary>
internal static class FieldPath
{
    public static string Child(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";

    public static string Index(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");

    public static string Key(string parent, string key) => $"{parent}[{key}]";
}
