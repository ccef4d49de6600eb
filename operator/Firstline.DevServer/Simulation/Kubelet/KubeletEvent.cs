namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>An Event on a pod.</summary>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Reason">CamelCase reason.</param>
/// <param name="Message">One sentence.</param>
/// <param name="FieldPath">Such as <c>spec.containers{app}</c>; empty for the pod.</param>
internal sealed record KubeletEvent(string Type, string Reason, string Message, string FieldPath);
