namespace Firstline.Controllers;

/// <summary>What the controllers must know of the operator itself.</summary>
/// <param name="Namespace">The operator's own namespace: its runbooks may be for all namespaces, and nothing in it is ever changed.</param>
public sealed record OperatorOptions(string Namespace);
