using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Selectors;

/// <summary>What a list or a watch is about.</summary>
/// <param name="Namespace">Null for all namespaces.</param>
/// <param name="Labels">Label selector.</param>
/// <param name="Fields">Field selector.</param>
internal sealed record ObjectSelector(string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>True when nothing but the namespace narrows the selection.</summary>
    public bool IsWholeCollection => Labels.IsEverything && Fields.IsEverything;

    public bool Matches(StoredObject item) =>
        (Namespace is null || item.Key.Namespace == Namespace)
        && (Labels.IsEverything || Labels.Matches(item.Labels))
        && (Fields.IsEverything || Fields.Matches(item.Json));
}
