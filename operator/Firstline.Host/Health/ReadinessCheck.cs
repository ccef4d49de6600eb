namespace Firstline.Host.Health;

/// <summary>One thing that must hold for the operator to do its work.</summary>
/// <param name="Name">Short name, such as caches.</param>
/// <param name="Problem">Says in one sentence what is missing; null when all is well.</param>
/// <param name="Detail">Says more about a check that holds, such as who leads; null for nothing.</param>
internal sealed record ReadinessCheck(string Name, Func<string?> Problem, Func<string?>? Detail = null);
