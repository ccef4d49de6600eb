namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>One request of the operator, as the API server wrote it into its audit log.</summary>
internal sealed record AuditedRequest(DateTimeOffset ReceivedAt, string Verb, string Uri, string Resource, string Namespace, int Code, string Message)
{
    public bool IsWrite => Verb is "create" or "update" or "patch" or "delete";

    /// <summary>Not found is an answer, no refusal: the object is gone.</summary>
    public bool IsRefused => Code is >= 400 and not 404 && !IsLostRace;

    // The signals of an incident are merged into the version that was read; a write that came second is refused and merged again (docs/adr/0004).
    private bool IsLostRace => Code == 409 && Resource == "incidents/status" && Uri.Contains("fieldManager=firstline-detection", StringComparison.Ordinal);
}
