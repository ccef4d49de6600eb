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
        try
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            PodShapes.Pod.Read(ref reader, draft);
            return reader.Read() ? null : PodJoin.Facts(draft, before);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
        finally
        {
            draft.Metadata.Before = null;
        }
    }
}
