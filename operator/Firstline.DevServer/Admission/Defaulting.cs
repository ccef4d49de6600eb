using System.Text.Json.Nodes;

namespace Firstline.DevServer.Admission;

/// <summary>Sets of fields that are not there yet.</summary>
internal static class Defaulting
{
    public static void Default(this JsonObject parent, string name, string value) => parent[name] ??= value;

    public static void Default(this JsonObject parent, string name, long value) => parent[name] ??= value;

    /// <summary>The object under this name, made when there is none.</summary>
    public static JsonObject Section(this JsonObject parent, string name)
    {
        if (parent[name] is JsonObject known)
        {
            return known;
        }

        JsonObject made = [];
        parent[name] = made;
        return made;
    }
}
