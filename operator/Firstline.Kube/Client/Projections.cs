using System.Text.Json.Serialization.Metadata;

namespace Firstline.Kube.Client;

/// <summary>Ready projections.</summary>
public static class Projections
{
    /// <summary>
    /// The fields that <typeparamref name="T"/> has, and no others: a record with five properties holds five fields of a pod, the rest is
    /// skipped in the byte stream without an allocation.
    /// </summary>
    public static Projection<T> Of<T>(JsonTypeInfo<T> json) => bytes => KubeResponse.Decode(bytes, json);
}
