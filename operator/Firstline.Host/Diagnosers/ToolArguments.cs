using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Firstline.Host.Diagnosers;

/// <summary>Arguments of a tool, between the text of the model and what the SDKs make of it.</summary>
internal static class ToolArguments
{
    /// <summary>A call with the arguments as the model wrote them; those that are no JSON object are left out, and the call says so.</summary>
    public static FunctionCallContent CallOf(string id, string name, string arguments)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            Dictionary<string, object?> values = [];
            foreach (JsonProperty argument in document.RootElement.EnumerateObject())
            {
                values[argument.Name] = argument.Value.Clone();
            }

            return new FunctionCallContent(id, name, values);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new FunctionCallContent(id, name) { Exception = e };
        }
    }

    /// <summary>The arguments of a call as one JSON object.</summary>
    public static string JsonOf(FunctionCallContent call)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            foreach ((string name, object? value) in call.Arguments ?? new Dictionary<string, object?>())
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
