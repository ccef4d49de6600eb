using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation.Wire;

namespace Firstline.Controllers.Observation;

/// <summary>What a ConfigMap's content was meant to be: kubectl's record of it, while nobody has applied anything else since.</summary>
/// <param name="Data">The declared data; null when it can't be told.</param>
/// <param name="WhyNot">Why it can't be told, in words that go on after the object's name; null when it can.</param>
/// <remarks>Server-side apply records who owns which key and never its value: what it declared can be read from the object only until somebody changes it.</remarks>
internal sealed record DeclaredConfig(ImmutableSortedDictionary<string, string>? Data, string? WhyNot)
{
    public static DeclaredConfig Read(string? record, ManagedFieldsWire[] fields)
    {
        if (record is null)
        {
            return new(null, "carries no record of what was applied; it was not made with kubectl apply");
        }

        return LaterApply(fields) is { } later
            ? new(null, $"was last applied by server-side apply ({later.Manager}), which keeps no values; its record of kubectl apply is older")
            : Parse(record);
    }

    private static DeclaredConfig Parse(string record)
    {
        try
        {
            if (JsonSerializer.Deserialize(record, WireJson.Default.DeclaredConfigMapWire) is { } declared)
            {
                return new((declared.Data ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal), null);
            }
        }
        catch (JsonException)
        {
            // Said below: what was meant cannot be told.
        }

        return new(null, $"is not compared: its record of what was applied can't be read (annotation {AnnotationNames.LastApplied})");
    }

    // Whoever applies takes all fields that differ for its own, so that the record counts only while its writer came last.
    private static ManagedFieldsWire? LaterApply(ManagedFieldsWire[] fields)
    {
        ManagedFieldsWire[] whole = [.. fields.Where(static f => string.IsNullOrEmpty(f.Subresource))];
        ManagedFieldsWire? writer = whole.Where(OwnsRecord).MaxBy(static f => f.Time);
        return whole.Where(f => f.Operation == "Apply" && f != writer && !(f.Time <= writer?.Time)).MaxBy(static f => f.Time);
    }

    private static bool OwnsRecord(ManagedFieldsWire entry) =>
        Member(Member(Member(entry.FieldsV1, "f:metadata"), "f:annotations"), "f:" + AnnotationNames.LastApplied) is not null;

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out JsonElement child) ? child : null;
}
