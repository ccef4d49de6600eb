using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;

namespace Firstline.DevServer.Schemas.Contracts;

/// <summary>What became of an object on its way to the store.</summary>
/// <param name="Object">Defaulted and pruned; stored when there is neither a <see cref="DecodeError"/> nor a cause.</param>
internal sealed record AdmissionResult(JsonObject Object)
{
    /// <summary>Paths of the fields that were dropped because the schema does not know them (<c>spec.template.spec.containers[0].imagee</c>).
    /// The caller makes Warning headers or one strict decoding error of them; empty with <see cref="FieldValidation.Ignore"/>.</summary>
    public ImmutableArray<string> UnknownFields { get; init; } = [];

    /// <summary>Other sentences for the Warning header, such as a deprecation.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Not null when a built-in kind's field has a JSON type that does not decode (<c>json: cannot unmarshal string into Go struct field
    /// DeploymentSpec.spec.replicas of type int32</c>): the caller answers 400 <c>Deployment in version "v1" cannot be handled as a Deployment: ...</c>.</summary>
    public string? DecodeError { get; init; }

    /// <summary>Field errors: the caller answers 422 Invalid with them.</summary>
    public ImmutableArray<StatusCause> Causes { get; init; } = [];
}
