using System.Text.Json;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Reads a pod in one pass over its bytes, and allocates what is not the same as before.</summary>
internal static class PodReader
{
    [ThreadStatic]
    private static PodDraft? _draft;

    /// <summary>
    /// The pod; <paramref name="before"/> itself when nothing that is read has changed. Null when the bytes are not as an API server writes them:
    /// <see cref="PodProjection.Read"/> then says what is wrong with them, or reads them after all.
    /// </summary>
    public static PodFacts? Read(ReadOnlySpan<byte> json, PodFacts? before)
    {
        PodDraft draft = _draft ??= new PodDraft();
        draft.Metadata.Before = before?.Ref;
        PodFacts? pod = IsRead(json, draft) ? PodJoin.Facts(draft, before) : null;
        draft.Metadata.Before = null;
        return pod;
    }

    // Only what the bytes are to blame for: a mistake in the joining is to be seen, not to be read another way.
    private static bool IsRead(ReadOnlySpan<byte> json, PodDraft draft)
    {
        try
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            PodShapes.Pod.Read(ref reader, draft);
            return !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
