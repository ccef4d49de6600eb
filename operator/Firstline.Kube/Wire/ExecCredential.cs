namespace Firstline.Kube.Wire;

/// <summary><c>client.authentication.k8s.io/v1 ExecCredential</c>.</summary>
internal sealed record ExecCredential(string? ApiVersion, string? Kind, ExecStatus? Status);
