namespace Firstline.DevServer.Simulation.Faults;

/// <summary>One key of a ConfigMap or Secret in the pod's namespace.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Name">Name of the object.</param>
/// <param name="Key">Key in its data.</param>
internal sealed record ContentKey(ContentKind Kind, string Name, string Key);
