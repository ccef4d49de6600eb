namespace Firstline.Core.Facts;

/// <summary>What is read of a StorageClass.</summary>
/// <param name="Name">Name.</param>
/// <param name="WaitsForPod">True when <c>volumeBindingMode</c> is WaitForFirstConsumer.</param>
/// <param name="IsDefault">True when claims that name no class get this one.</param>
/// <param name="AllowsExpansion"><c>allowVolumeExpansion</c>.</param>
public sealed record StorageClassFacts(string Name, bool WaitsForPod, bool IsDefault, bool AllowsExpansion);
