using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>What all runbooks together may touch within an hour.</summary>
public sealed record ChangeBudget
{
    /// <summary>Most ready pods that may be disrupted in the cluster.</summary>
    [Range(0, 100000), DefaultValue(50)]
    public int? Pods { get; init; }

    /// <summary>Most ready pods that may be disrupted in one namespace.</summary>
    [Range(0, 100000), DefaultValue(20)]
    public int? PodsPerNamespace { get; init; }

    /// <summary>Most workloads and other objects that may be changed.</summary>
    [Range(0, 10000), DefaultValue(20)]
    public int? Workloads { get; init; }

    /// <summary>Most namespaces in which something may be changed.</summary>
    [Range(0, 10000), DefaultValue(10)]
    public int? Namespaces { get; init; }

    /// <summary>Most nodes that may be changed.</summary>
    [Range(0, 1000), DefaultValue(3)]
    public int? Nodes { get; init; }
}
