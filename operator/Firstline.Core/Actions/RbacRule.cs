using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>One permission and what it is for.</summary>
/// <param name="ApiGroup">API group; empty for the core group.</param>
/// <param name="Resource">Plural, with a subresource behind a slash where it is one, such as deployments/scale.</param>
/// <param name="Verbs">Verbs, such as get, patch.</param>
/// <param name="Reason">What it is for, in one sentence; written into the generated role.</param>
public sealed record RbacRule(string ApiGroup, string Resource, ImmutableArray<string> Verbs, string Reason);
