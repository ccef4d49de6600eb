using System.Text.Json;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>What all kinds have in common.</summary>
internal static class MetadataShapes
{
    private static readonly JsonShape<OwnerDraft> Owner = new(
        ("apiVersion", static (ref r, d) => d.ApiVersion = JsonValues.Shared(ref r)),
        ("kind", static (ref r, d) => d.Kind = JsonValues.Shared(ref r)),
        ("name", static (ref r, d) => d.Name = JsonValues.Shared(ref r)),
        ("uid", static (ref r, d) => d.Uid = JsonValues.Shared(ref r)),
        ("controller", static (ref r, d) => d.Controller = JsonValues.Flag(ref r)),
        ("blockOwnerDeletion", static (ref r, d) => d.BlockOwnerDeletion = JsonValues.Flag(ref r)));

    public static readonly JsonShape<MetadataDraft> Metadata = new(
        ("name", static (ref r, d) => d.Name = JsonValues.Own(ref r, d.Before?.Name)),
        ("namespace", static (ref r, d) => d.Namespace = JsonValues.Shared(ref r)),
        ("uid", static (ref r, d) => d.Uid = JsonValues.Own(ref r, d.Before?.Uid)),
        ("labels", ReadLabels),
        ("ownerReferences", ReadOwners),
        ("creationTimestamp", static (ref r, d) => d.Created = JsonValues.Time(ref r)),
        ("deletionTimestamp", static (ref r, d) => d.Deletion = JsonValues.Time(ref r)));

    public static readonly JsonShape<ConditionDraft> Condition = new(
        ("type", static (ref r, d) => d.Type = JsonValues.Shared(ref r)),
        ("status", static (ref r, d) => d.Status = JsonValues.Shared(ref r)),
        ("reason", static (ref r, d) => d.Reason = JsonValues.Shared(ref r)),
        ("message", static (ref r, d) => d.Message = JsonValues.Shared(ref r)),
        ("lastTransitionTime", static (ref r, d) => d.Since = JsonValues.Time(ref r)));

    private static void ReadOwners(ref Utf8JsonReader reader, MetadataDraft draft)
    {
        JsonValues.Expect(ref reader, JsonTokenType.StartArray);   // the record refuses null
        draft.Owners.Read(ref reader, Owner);
    }

    private static void ReadLabels(ref Utf8JsonReader reader, MetadataDraft draft)
    {
        draft.Labels.Clear();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        JsonValues.Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = JsonValues.SharedName(ref reader);
            reader.Read();
            draft.Labels.Add(new(key, JsonValues.Shared(ref reader)!));
        }
    }
}
