using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Kube.Client;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>One Lease with the API server's rules for creation and conflicts, which can go away.</summary>
internal sealed class FakeLeases : IKubeClient
{
    private readonly Lock _gate = new();
    private int _version;

    public JsonObject? Lease { get; private set; }

    public bool IsAway { get; set; }

    /// <summary>Counts the writes that were stored.</summary>
    public int Writes => _version;

    public string FieldManager => "tests";

    public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => throw new NotSupportedException();

    public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (IsAway)
            {
                throw new KubeException(KubeErrorKind.Unreachable, "away");
            }

            JsonObject answer = request.Verb == KubeVerb.Get ? Lease ?? throw new KubeException(KubeErrorKind.NotFound, "none") : Write(request);
            return Task.FromResult(new KubeResponse(Encoding.UTF8.GetBytes(answer.ToJsonString()), []));
        }
    }

    private JsonObject Write(KubeRequest request)
    {
        JsonObject body = JsonNode.Parse(request.Body.Span)!.AsObject();
        bool isCreate = request.Verb == KubeVerb.Create;
        if (isCreate && Lease is not null)
        {
            throw new KubeException(KubeErrorKind.AlreadyExists, "there");
        }

        string? expected = body["metadata"]?["resourceVersion"]?.GetValue<string>();
        if (!isCreate && expected != Lease?["metadata"]?["resourceVersion"]?.GetValue<string>())
        {
            throw new KubeException(KubeErrorKind.Conflict, "changed");
        }

        body["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        Lease = body;
        return body;
    }
}
