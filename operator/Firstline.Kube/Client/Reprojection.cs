namespace Firstline.Kube.Client;

/// <summary>
/// Decodes an object of which <paramref name="before"/> was decoded before (null: nothing is known), so that what has not changed can be taken from
/// that; must not keep the span.
/// </summary>
public delegate T Reprojection<T>(ReadOnlySpan<byte> json, T? before)
    where T : class;
