namespace Firstline.Kube.Wire;

/// <summary>The answer of <c>/version</c>; <c>minor</c> may carry a plus sign.</summary>
internal sealed record ServerVersion(string? Major, string? Minor, string? GitVersion);
