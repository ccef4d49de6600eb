using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Names templates by their content, as <c>pod-template-hash</c> and <c>controller-revision-hash</c> do.</summary>
internal static class TemplateHash
{
    public const string Label = "pod-template-hash";
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>Ten characters that are the same for equal templates, whatever the order of their members.</summary>
    /// <param name="template">A pod template.</param>
    /// <param name="collisions">How often the name was taken by another template.</param>
    public static string Of(JsonElement template, int collisions)
    {
        ulong hash = 14695981039346656037;
        foreach (byte part in Encoding.UTF8.GetBytes(Canonical(template) + (collisions == 0 ? "" : collisions)))
        {
            hash = (hash ^ part) * 1099511628211;
        }

        return string.Create(10, hash, static (text, value) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[(int)(value % (ulong)Alphabet.Length)];
                value /= (ulong)Alphabet.Length;
            }
        });
    }

    /// <summary>Whether two pod templates ask for the same, the hash label apart.</summary>
    public static bool IsSame(JsonElement one, JsonElement other) => Canonical(one) == Canonical(other);

    private static string Canonical(JsonElement template)
    {
        StringBuilder text = new();
        Append(text, WithoutHash(template));
        return text.ToString();
    }

    private static JsonObject WithoutHash(JsonElement template)
    {
        JsonObject copy = template.ValueKind == JsonValueKind.Object ? (JsonObject)JsonNode.Parse(template.GetRawText())! : [];
        JsonObject? metadata = copy["metadata"] as JsonObject;
        metadata?.Remove("creationTimestamp");
        if (metadata?["labels"] is JsonObject labels)
        {
            labels.Remove(Label);
        }

        return copy;
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                text.Append('{');
                foreach ((string name, JsonNode? value) in map.Where(m => m.Value is not null).OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    text.Append(name).Append(':');
                    Append(text, value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                foreach (JsonNode? item in list)
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }
}
