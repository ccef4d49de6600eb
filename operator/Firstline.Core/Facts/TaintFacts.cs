namespace Firstline.Core.Facts;

/// <summary>A taint of a node.</summary>
/// <param name="Key"><c>key</c>.</param>
/// <param name="Value"><c>value</c>; empty when it has none.</param>
/// <param name="Effect"><c>effect</c>: NoSchedule, PreferNoSchedule or NoExecute.</param>
public sealed record TaintFacts(string Key, string Value, string Effect)
{
    /// <summary><c>timeAdded</c> as it is written; null when it has none.</summary>
    public string? TimeAdded { get; init; }

    /// <summary>True for a taint that the control plane sets and takes away itself, such as <c>node.kubernetes.io/not-ready</c>.</summary>
    public bool IsBySystem => Key.StartsWith("node.kubernetes.io/", StringComparison.Ordinal) || Key.StartsWith("node.cloudprovider.kubernetes.io/", StringComparison.Ordinal);

    /// <summary>As <c>kubectl taint</c> writes it.</summary>
    public override string ToString() => Value.Length == 0 ? $"{Key}:{Effect}" : $"{Key}={Value}:{Effect}";
}
