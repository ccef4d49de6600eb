using System.Collections.Immutable;
using Firstline.Controllers.Ports;
using Firstline.Core.Gates;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Remediation;

/// <summary>Reads the freshness of the caches from the informers behind them.</summary>
public sealed class InformerFreshness(SharedInformers informers) : ICacheFreshness
{
    /// <inheritdoc/>
    public CacheFacts? Current
    {
        get
        {
            ImmutableArray<IInformer> all = informers.All;
            return all.IsEmpty ? null : new(all.All(static i => i.HasSynced), all.Min(static i => i.LastContact))
            {
                Unreadable = [.. all.SelectMany(static i => i.Unreadable).Select(static o => new Core.Gates.UnreadableObject(o.Type, o.Key, o.Reason))],
            };
        }
    }
}
