using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Kube.Client;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>One Lease with the API server's rules for creation and conflicts, which can go away, and be watched or not.</summary>
internal sealed class FakeLeases : IKubeClient
{
    private readonly Lock _gate = new();
    private readonly List<PipeWriter> _watches = [];
    private int _version;
    private int _reads;

    public JsonObject? Lease { get; private set; }

    public bool IsAway { get; set; }

    public bool IsWatchable { get; set; }

    /// <summary>True when watches stay open and tell nothing.</summary>
    public bool IsMute { get; set; }

    /// <summary>True when the next write is stored, and its answer never comes.</summary>
    public bool LosesNextAnswer { get; set; }

    public int Watches
    {
        get
        {
            lock (_gate)
            {
                return _watches.Count;
            }
        }
    }

    public int Reads => _reads;

    /// <summary>Counts the writes that were stored.</summary>
    public int Writes => _version;

    public string FieldManager => "tests";

    public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct)
    {
        request.Query.Should().Contain(new KeyValuePair<string, string>("fieldSelector", "metadata.name=op"), "it may watch no other Lease");
        lock (_gate)
        {
            if (!IsWatchable)
            {
                throw new KubeException(KubeErrorKind.Forbidden, "it may not be watched");
            }

            Pipe pipe = new();
            _watches.Add(pipe.Writer);
            return Task.FromResult(pipe.Reader.AsStream());
        }
    }

    /// <summary>Ends all watches, as a server does.</summary>
    public void EndWatches()
    {
        lock (_gate)
        {
            _watches.ForEach(static w => w.Complete());
            _watches.Clear();
        }
    }

    /// <summary>Writes another's name into it, as that one does.</summary>
    public void HandOver(string identity)
    {
        lock (_gate)
        {
            JsonObject other = Lease!.DeepClone().AsObject();
            other["spec"]!["holderIdentity"] = identity;
            Store(other);
        }
    }

    public void Delete()
    {
        lock (_gate)
        {
            Lease = null;
        }
    }

    public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        (KubeResponse answer, bool isLost) = Handle(request);
        await (isLost ? Task.Delay(Timeout.InfiniteTimeSpan, ct) : Task.CompletedTask);
        return answer;
    }

    private (KubeResponse Answer, bool IsLost) Handle(KubeRequest request)
    {
        lock (_gate)
        {
            if (IsAway)
            {
                throw new KubeException(KubeErrorKind.Unreachable, "away");
            }

            _reads += request.Verb == KubeVerb.Get ? 1 : 0;
            JsonObject answer = request.Verb == KubeVerb.Get ? Lease ?? throw new KubeException(KubeErrorKind.NotFound, "none") : Write(request);
            bool isLost = LosesNextAnswer && request.Verb != KubeVerb.Get;
            LosesNextAnswer &= !isLost;
            return (new KubeResponse(Encoding.UTF8.GetBytes(answer.ToJsonString()), []), isLost);
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

        if (!isCreate && Lease is null)
        {
            throw new KubeException(KubeErrorKind.NotFound, "none");
        }

        string? expected = body["metadata"]?["resourceVersion"]?.GetValue<string>();
        if (!isCreate && expected != Lease?["metadata"]?["resourceVersion"]?.GetValue<string>())
        {
            throw new KubeException(KubeErrorKind.Conflict, "changed");
        }

        Store(body);
        return body;
    }

    private void Store(JsonObject body)
    {
        body["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        Lease = body;
        foreach (PipeWriter watch in IsMute ? [] : _watches)
        {
            watch.WriteAsync(Encoding.UTF8.GetBytes($"{{\"type\":\"MODIFIED\",\"object\":{body.ToJsonString()}}}\n")).AsTask().Wait();
        }
    }
}
