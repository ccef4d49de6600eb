namespace Firstline.Core.Facts;

/// <summary>What is read of a StorageClass.</summary>
/// <param name="Name">Name.</param>
/// <param name="AllowsExpansion"><c>allowVolumeExpansion</c>.</param>
public sealed record StorageClassFacts(string Name, bool AllowsExpansion);
