namespace Firstline.Kube.Client;

/// <summary>Decodes the fields that are read of one object, straight from its UTF-8 JSON; must not keep the span.</summary>
public delegate T Projection<out T>(ReadOnlySpan<byte> json);
