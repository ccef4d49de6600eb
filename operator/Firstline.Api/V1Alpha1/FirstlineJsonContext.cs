using System.Text.Json.Serialization;
using Firstline.Api.Meta;

namespace Firstline.Api.V1Alpha1;

/// <summary>Source-generated JSON of the wire shapes: camel case, names of enum members as strings, moments in UTC, nulls not written, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(TimestampConverter)])]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(Runbook))]
[JsonSerializable(typeof(RemediationRequest))]
[JsonSerializable(typeof(RemediationPolicy))]
[JsonSerializable(typeof(Status))]
internal sealed partial class FirstlineJsonContext : JsonSerializerContext;
