using System.Collections.Immutable;

namespace Firstline.DevServer.Schemas;

/// <summary>A kind that the server has without any CustomResourceDefinition.</summary>
/// <param name="Definition">What it shares with custom resources.</param>
/// <param name="TypeName">Short name of its type, such as <c>apps.v1.Deployment</c>.</param>
/// <param name="Subresources">Those beside <c>status</c> and <c>scale</c>.</param>
/// <param name="IsVirtual">True for questions that can only be created and are not stored, such as an access review.</param>
internal sealed record BuiltinKind(KindDefinition Definition, string TypeName, ImmutableArray<Subresource> Subresources, bool IsVirtual);
