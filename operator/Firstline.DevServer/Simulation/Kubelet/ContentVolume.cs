using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>A volume of a pod whose files are a ConfigMap's or a Secret's.</summary>
internal sealed record ContentVolume(string Name, ContentKind Kind, string Source, bool Optional);
