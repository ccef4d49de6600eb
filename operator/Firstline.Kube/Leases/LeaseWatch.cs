using System.Globalization;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Wire;

namespace Firstline.Kube.Leases;

/// <summary>Follows one Lease by a watch, so that who waits for it knows each renewal when it is made, and asks for nothing.</summary>
internal sealed class LeaseWatch(IKubeClient client, NamespacedName lease)
{
    // The server ends a watch that old; the next one goes on where it ended. client-go's informers ask for five to ten minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Tells each change after a version, until the watch ends, <paramref name="seen"/> returns false, or the Lease is deleted.</summary>
    /// <param name="version">resourceVersion of the Lease as it was read.</param>
    /// <param name="seen">Told of each state; false ends the watch.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="KubeException">It can't be watched, or not from that version on.</exception>
    public async Task FollowAsync(string version, Func<Lease, bool> seen, CancellationToken ct)
    {
        KubeRequest request = Request(version);
        try
        {
            await using Stream stream = await client.OpenAsync(request, ct);
            using LineReader lines = new(stream);
            while (await lines.NextAsync(ct) && Tell(request, lines.Line, seen))
            {
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw KubeErrors.Unreachable(request, e);
        }
        catch (JsonException e)
        {
            throw KubeErrors.Malformed(request, e);
        }
    }

    private static bool Tell(KubeRequest request, ReadOnlySpan<byte> line, Func<Lease, bool> seen)
    {
        WatchFrame frame = WatchFrame.Parse(line);
        return frame.Kind switch
        {
            WatchEventKind.Added or WatchEventKind.Modified => seen(JsonSerializer.Deserialize(frame.Object, KubeJson.Default.Lease) ?? throw new JsonException("a Lease was expected")),
            WatchEventKind.Error => throw KubeErrors.FromFrame(request, frame.Object),
            WatchEventKind.Deleted => false,
            _ => true,
        };
    }

    private KubeRequest Request(string version) => new()
    {
        Verb = KubeVerb.Watch,
        Type = CoreTypes.Leases,
        Key = new(lease.Namespace, ""),
        Query =
        [
            new("fieldSelector", $"metadata.name={lease.Name}"),
            new("watch", "true"),
            new("resourceVersion", version),
            new("timeoutSeconds", Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
        ],
    };
}
