using System.Collections.Immutable;
using Firstline.Api.Meta;

namespace Firstline.Kube.Client;

/// <summary>
/// Notes the writes that are made while one key is reconciled, so that the key is not reconciled again on a cache that has not seen them.
/// </summary>
internal sealed class WriteScope : IDisposable
{
    private static readonly AsyncLocal<WriteScope?> Current = new();
    private readonly Lock _gate = new();
    private ImmutableArray<WrittenObject> _writes = [];

    private WriteScope()
    {
    }

    public static WriteScope Begin() => Current.Value = new WriteScope();

    /// <summary>The last write of each object, in no order.</summary>
    public ImmutableArray<WrittenObject> Writes
    {
        get
        {
            lock (_gate)
            {
                return _writes;
            }
        }
    }

    /// <summary>Notes a stored write; dry runs and deletions without an object in the answer leave nothing to wait for.</summary>
    public static void Record(KubeRequest request, ResourceHeader header)
    {
        if (Current.Value is not { } scope || !request.IsWrite || request.Type is not { } type || header.ResourceVersion.Length == 0
            || request.Query.Contains(new KeyValuePair<string, string>("dryRun", "All")))
        {
            return;
        }

        scope.Add(new WrittenObject(type, new NamespacedName(header.Namespace, header.Name), header.Uid, header.ResourceVersion));
    }

    public void Dispose() => Current.Value = null;

    private void Add(WrittenObject written)
    {
        lock (_gate)
        {
            _writes = [.. _writes.Where(w => w.Type != written.Type || w.Key != written.Key), written];
        }
    }
}
