namespace Firstline.Core.Diagnosis.Changes;

/// <summary>How what changed is related to the object in trouble, the nearest first.</summary>
internal enum ChangeRelation
{
    /// <summary>It is the object itself.</summary>
    Self,

    /// <summary>Its pods complain of it: a log or an Event names its Service.</summary>
    Named,

    /// <summary>Its pods read it: a ConfigMap, Secret or claim.</summary>
    Read,

    /// <summary>Its pods call it: a variable or an argument names its Service.</summary>
    Called,

    /// <summary>It decides about its pods: what leads to them, keeps callers away, scales them or holds evictions back.</summary>
    Governs,

    /// <summary>Its pods run there.</summary>
    Node,

    /// <summary>It decides about objects of the whole cluster.</summary>
    Cluster,

    /// <summary>It lies in the same namespace; nothing else is known to tie the two.</summary>
    Neighbour,
}
