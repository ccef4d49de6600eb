namespace Firstline.DevServer.Simulation.Faults;

/// <summary>What a container takes content from.</summary>
internal enum ContentKind
{
    ConfigMap,
    Secret,
}
