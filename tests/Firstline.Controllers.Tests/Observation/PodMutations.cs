using System.Text;
using System.Text.Json.Nodes;

namespace Firstline.Controllers.Tests.Observation;

/// <summary>Seeded changes of a JSON object: members that go, come, are null, of another type, in another order, or written with escapes.</summary>
internal static class PodMutations
{
    public static string Of(JsonNode root, Random random)
    {
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            List<JsonNode> places = [];
            Collect(root, places);
            Change(places[random.Next(places.Count)], random);
        }

        string text = root.ToJsonString();
        return random.Next(4) == 0 ? Escaped(text, random) : text;
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        if (node is JsonObject o)
        {
            places.Add(o);
            foreach ((_, JsonNode? value) in o)
            {
                Collect(value ?? new JsonArray(), places);
            }
        }
        else if (node is JsonArray { Parent: not null } a)
        {
            places.Add(a);
            foreach (JsonNode? item in a)
            {
                Collect(item ?? new JsonArray(), places);
            }
        }
    }

    private static void Change(JsonNode place, Random random)
    {
        if (place is JsonArray array)
        {
            array.Insert(random.Next(array.Count + 1), random.Next(3) == 0 ? Other(random) : array.Count == 0 ? new JsonObject() : array[random.Next(array.Count)]?.DeepClone());
            return;
        }

        JsonObject members = (JsonObject)place;
        string[] names = [.. members.Select(static m => m.Key)];
        string name = names.Length == 0 ? "extra" : names[random.Next(names.Length)];
        switch (random.Next(6))
        {
            case 0:
                members.Remove(name);
                break;
            case 1:
                members[$"unknown{random.Next(3)}"] = Other(random);
                break;
            case 2:
                members[name] = null;
                break;
            case 3:
                members[name] = Other(random);
                break;
            case 4:
                members[name] = $"changed {random.Next()}";
                break;
            default:
                JsonNode? moved = members[name];
                members.Remove(name);
                members[name] = moved;   // last
                break;
        }
    }

    private static JsonNode? Other(Random random) => random.Next(8) switch
    {
        0 => JsonValue.Create(random.Next()),
        1 => JsonValue.Create(1.5),
        2 => JsonValue.Create(true),
        3 => JsonValue.Create("2026-11-20T12:00:00Z"),
        4 => new JsonObject(),
        5 => new JsonArray(new JsonObject()),
        6 => new JsonObject { ["name"] = "other", ["running"] = new JsonObject() },
        _ => null,
    };

    /// <summary>Some letters, in names and values, as \u escapes.</summary>
    private static string Escaped(string json, Random random)
    {
        StringBuilder text = new();
        bool isString = false;
        for (int i = 0; i < json.Length; i++)
        {
            isString ^= json[i] == '"';
            if (json[i] == '\\')
            {
                text.Append(json[i++]).Append(json[i]);
            }
            else if (isString && char.IsAsciiLetter(json[i]) && random.Next(20) == 0)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)json[i]:x4}");
            }
            else
            {
                text.Append(json[i]);
            }
        }

        return text.ToString();
    }
}
