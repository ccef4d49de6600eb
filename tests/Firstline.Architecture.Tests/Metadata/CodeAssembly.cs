using System.Collections.Immutable;

namespace Firstline.Architecture.Tests.Metadata;

/// <summary>A built assembly: what it references, and its types.</summary>
internal sealed record CodeAssembly(string Name, ImmutableArray<string> References, ImmutableArray<CodeType> Types);
