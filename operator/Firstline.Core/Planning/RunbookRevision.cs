using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;

namespace Firstline.Core.Planning;

/// <summary>Names the content of a runbook: the same content has the same revision in every cluster.</summary>
public static class RunbookRevision
{
    /// <summary>Number of hexadecimal digits: short enough to type, long enough that no two runbooks of one cluster share it.</summary>
    public const int Length = 12;

    /// <summary>The revision of <paramref name="spec"/>: the start of the SHA-256 of its canonical JSON.</summary>
    public static string Of(RunbookSpec spec) =>
        CanonicalJson.Hash(JsonSerializer.SerializeToNode(spec, FirstlineJson.Of<RunbookSpec>()))[..Length];
}
