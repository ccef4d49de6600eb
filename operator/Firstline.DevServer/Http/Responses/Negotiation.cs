using Firstline.DevServer.Http.Errors;

namespace Firstline.DevServer.Http.Responses;

/// <summary>Chooses the form of an answer from the Accept header: the first entry that can be served.</summary>
internal static class Negotiation
{
    private static readonly string[] JsonTypes = ["application/json", "application/*", "*/*", "application/yaml"];

    /// <exception cref="ApiException">406: nothing of what the client accepts can be served.</exception>
    public static ResponseForm Choose(string accept)
    {
        if (accept.Length == 0)
        {
            return ResponseForm.Json;
        }

        foreach (string entry in accept.Split(','))
        {
            if (Form(entry) is { } form)
            {
                return form;
            }
        }

        throw ApiErrors.NotAcceptable();
    }

    private static ResponseForm? Form(string entry)
    {
        string[] parts = entry.Split(';', StringSplitOptions.TrimEntries);
        if (!JsonTypes.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        string? form = parts.FirstOrDefault(part => part.StartsWith("as=", StringComparison.Ordinal))?[3..];
        return form switch
        {
            null => ResponseForm.Json,
            "Table" when parts.Contains("v=v1") => ResponseForm.Table,
            "PartialObjectMetadata" or "PartialObjectMetadataList" when parts.Contains("v=v1") => ResponseForm.Metadata,
            _ => null,
        };
    }
}
