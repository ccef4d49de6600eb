using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed while the caches may be behind the cluster.</summary>
public sealed class CacheFreshnessGate : IGate
{
    /// <summary>
    /// Longest time without contact. A watch on which nothing happens brings a bookmark now and then; where none comes, the list is read
    /// again after 130 seconds, so that a cache that works is never older than this.
    /// </summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(150);

    /// <inheritdoc/>
    public string Name => "CacheFreshness";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        string limit = Seconds(LongestSilence);
        if (input.Cache is not { HasSynced: true, LastContact: { } contact })
        {
            return this.Closed(GateReasons.CacheStale, "the caches of the cluster's objects are not filled yet", "not filled", limit);
        }

        if (RestsOn(input, input.Cache.Unreadable) is { } unreadable)
        {
            string name = $"{unreadable.Type.QualifiedName} {unreadable.Key}";
            return this.Closed(GateReasons.CacheUnreadable, $"{name} cannot be read: {unreadable.Reason}", name, "none");
        }

        // Rounded, and left out while it is open: a figure that changes by itself would make a status write out of every look.
        TimeSpan silence = TimeSpan.FromSeconds(Math.Floor((now - contact).TotalSeconds / 30) * 30);
        return now - contact <= LongestSilence
            ? this.Open("the caches are current", limit: limit)
            : this.Closed(GateReasons.CacheStale, $"the API server has not been heard of for {Seconds(silence)}", Seconds(silence), limit);
    }

    /// <summary>
    /// What a decision may rest on: all requests (limits count them), what is cluster-wide, the operator's namespace, and what is around the request and
    /// what it changes. An object of another namespace holds nothing up.
    /// </summary>
    private static UnreadableObject? RestsOn(GateInput input, ImmutableArray<UnreadableObject> unreadable)
    {
        string?[] namespaces = ["", input.OperatorNamespace, input.Request.Metadata.Namespace, .. TouchedObjects.Namespaces(input.Request)];
        return unreadable.Where(o => o.Type == RemediationRequest.Type || namespaces.Contains(o.Key.Namespace))
            .OrderBy(static o => o.Type.Plural, StringComparer.Ordinal).ThenBy(static o => o.Key.ToString(), StringComparer.Ordinal).FirstOrDefault();
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0} s");
}
