using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>An object that bears on what a log tells.</summary>
/// <param name="Kind">How it does.</param>
/// <param name="At">The object; of a Service that does not exist its name.</param>
/// <param name="Sign">What the log tells.</param>
/// <param name="Fact">What the objects show, in words that begin with the object and need no full stop; empty when they show nothing.</param>
public sealed record LogClue(LogClueKind Kind, TargetRef At, LogSign Sign, string Fact);
