namespace Firstline.Kube.Client;

/// <summary>Receives the bytes of one object; they are gone when it returns.</summary>
internal delegate void JsonItem(ReadOnlySpan<byte> json);
