using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Firstline.Api.V1Alpha1;

/// <summary>How the custom resources are read and written as JSON. Empty lists and maps are not written, so that a field manager owns only what it says.</summary>
public static class FirstlineJson
{
    private static readonly JsonSerializerOptions Options = new(FirstlineJsonContext.Default.Options)
    {
        // Bodies go to the API server, never into HTML: quotes and non-ASCII text stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = FirstlineJsonContext.Default.WithAddedModifier(OmitEmptyCollections),
    };

    /// <summary>Shape of <see cref="V1Alpha1.Incident"/>.</summary>
    public static JsonTypeInfo<Incident> Incident { get; } = Of<Incident>();

    /// <summary>Shape of <see cref="V1Alpha1.Runbook"/>.</summary>
    public static JsonTypeInfo<Runbook> Runbook { get; } = Of<Runbook>();

    /// <summary>Shape of <see cref="V1Alpha1.RemediationRequest"/>.</summary>
    public static JsonTypeInfo<RemediationRequest> RemediationRequest { get; } = Of<RemediationRequest>();

    /// <summary>Shape of <see cref="V1Alpha1.RemediationPolicy"/>.</summary>
    public static JsonTypeInfo<RemediationPolicy> RemediationPolicy { get; } = Of<RemediationPolicy>();

    /// <summary>Shape of any type within the custom resources, such as <see cref="RemediationPlan"/>.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not part of a custom resource.</exception>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static void OmitEmptyCollections(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(ICollection)))
            {
                property.ShouldSerialize = static (_, value) => value is ICollection { Count: > 0 };
            }
        }
    }
}
