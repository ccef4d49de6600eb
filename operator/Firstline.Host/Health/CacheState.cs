using Firstline.Kube.Informers;

namespace Firstline.Host.Health;

/// <summary>How current one cache is.</summary>
/// <param name="Name">What it holds, such as <c>pods</c>.</param>
/// <param name="HasSynced">Whether it was filled.</param>
/// <param name="LastContact">As of when it is surely current.</param>
/// <param name="Trouble">The last failure, one sentence; null while the connection works.</param>
internal sealed record CacheState(string Name, bool HasSynced, DateTimeOffset LastContact, string? Trouble)
{
    public static CacheState Of(IInformer informer) => new(informer.Query.ToString(), informer.HasSynced, informer.LastContact, informer.Trouble);
}
