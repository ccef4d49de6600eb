using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Firstline.Generate.Output;

/// <summary>Writes JSON values as YAML that is the same for the same value: keys in ordinal order, no line wrapping, strings quoted only where YAML 1.1 needs it.</summary>
internal static partial class YamlText
{
    /// <summary>One document, begun by <c>---</c>.</summary>
    public static string Document(JsonNode root)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Emitter emitter = new(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: false));
        Emit(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                EmitMap(emitter, map);
                break;
            case JsonArray list:
                EmitList(emitter, list);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                emitter.Emit(Text(value.GetValue<string>()));
                break;
            default:
                emitter.Emit(new Scalar(node?.ToJsonString() ?? "null"));
                break;
        }
    }

    private static void EmitMap(Emitter emitter, JsonObject map)
    {
        MappingStyle style = map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block;
        emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, style));
        foreach ((string key, JsonNode? value) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            emitter.Emit(Text(key));
            Emit(emitter, value);
        }

        emitter.Emit(new MappingEnd());
    }

    private static void EmitList(Emitter emitter, JsonArray list)
    {
        SequenceStyle style = list.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block;
        emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, style));
        foreach (JsonNode? item in list)
        {
            Emit(emitter, item);
        }

        emitter.Emit(new SequenceEnd());
    }

    private static Scalar Text(string text)
    {
        ScalarStyle style = text switch
        {
            _ when text.Contains('\n', StringComparison.Ordinal) => ScalarStyle.Literal,
            _ when Ambiguous().IsMatch(text) => ScalarStyle.DoubleQuoted,
            _ => ScalarStyle.Any,
        };
        return new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);
    }

    // Read as another type by YAML 1.1, which kubectl speaks: booleans, nulls, numbers and dates.
    [GeneratedRegex("^(|~|null|true|false|yes|no|on|off|y|n|[-+.]?[0-9].*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ambiguous();
}
