using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>How an item of evidence looks to a model.</summary>
internal static class EvidenceJson
{
    private const int MaxText = 2048;   // the API's bound on an excerpt

    /// <summary>How text is written: as it is, since an escape costs a model several tokens and makes quotes hard to repeat. It goes into no HTML.</summary>
    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fields of an object that the caller has begun.</summary>
    public static void Write(Utf8JsonWriter json, EvidenceItem item, int maxText, EvidenceRedaction redaction)
    {
        json.WriteString("id", item.Id);
        json.WriteString("kind", item.Kind.ToString());
        json.WriteString("source", redaction.Of(item.Source, maxText).Text);
        json.WriteString("text", redaction.Of(item.Excerpt, maxText).Text);
    }

    /// <summary>A list of items, as a tool answers.</summary>
    public static string Of(IEnumerable<EvidenceItem> items, EvidenceRedaction redaction)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Plain))
        {
            json.WriteStartArray();
            foreach (EvidenceItem item in items)
            {
                json.WriteStartObject();
                Write(json, item, MaxText, redaction);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
