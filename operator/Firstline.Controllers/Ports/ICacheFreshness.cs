using Firstline.Core.Gates;

namespace Firstline.Controllers.Ports;

/// <summary>How far the caches can be believed.</summary>
public interface ICacheFreshness
{
    /// <summary>The freshness of the least fresh cache; null when it can't be told.</summary>
    CacheFacts? Current { get; }
}
