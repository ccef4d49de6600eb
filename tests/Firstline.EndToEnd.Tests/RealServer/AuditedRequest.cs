namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>One request of the operator, as the API server wrote it into its audit log.</summary>
internal sealed record AuditedRequest(
    DateTimeOffset ReceivedAt, string Agent, string Verb, string Uri, string Group, string Resource, string Namespace, int Code, string Message)
{
    public bool IsWrite => Verb is "create" or "update" or "patch" or "delete";

    /// <summary>Not found is an answer, no refusal: the object is gone. Nor is a lost race.</summary>
    public bool IsRefused => Code is >= 400 and not 404 && !IsLostRace;

    /// <summary>
    /// A write over the version that was read, which somebody else's overtook, or a creation under a name that is taken: the API server keeps the second from
    /// doing harm, as is meant (docs/adr/0004, docs/adr/0006), and the writer reads and judges again. Or a write into a namespace whose deletion was not seen yet: that is
    /// answered by 403 too, and says nothing about rights.
    /// </summary>
    public bool IsLostRace => Code == 409 || (Code == 403 && Message.Contains("because it is being terminated", StringComparison.Ordinal));
}
