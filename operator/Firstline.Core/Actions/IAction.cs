using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>One typed way to change the cluster: it plans the change and its inverse; it never carries them out.</summary>
public interface IAction
{
    /// <summary>CamelCase name, as runbooks write it.</summary>
    string Name { get; }

    /// <summary>What it does, in one sentence for the documentation.</summary>
    string Description { get; }

    /// <summary>Kinds of target that it can change.</summary>
    ImmutableArray<string> TargetKinds { get; }

    /// <summary>Parameters that a runbook may set; any other is refused.</summary>
    ImmutableArray<ActionParameter> Parameters { get; }

    /// <summary>What is wrong with parameters that are fine one by one, in one sentence; null when they fit together.</summary>
    /// <param name="parameters">All of them, defaults filled in.</param>
    string? Problem(ImmutableSortedDictionary<string, string> parameters) => null;

    /// <summary>What the operator must be allowed to do for it; RBAC is generated from this.</summary>
    ImmutableArray<RbacRule> Rules { get; }

    /// <summary>Plans the change on the facts given. Pure and deterministic: the same request gives the same mutations.</summary>
    ActionResult Plan(ActionRequest request);
}
