using System.Collections.Immutable;
using Firstline.Architecture.Tests.Metadata;

namespace Firstline.Architecture.Tests.Rules;

/// <summary>The stages of an incident follow each other; code of one may name only itself, earlier ones and the root.</summary>
internal sealed class StageOrder(string root, ImmutableArray<string> stages)
{
    public static StageOrder Core { get; } = new("Firstline.Core",
        ["Facts", "Signals", "Detection", "Diagnosis", "Actions", "Planning", "Gates", "Verification", "Review", "Lifecycle"]);

    /// <summary>One sentence per type and use that breaks the order.</summary>
    public IEnumerable<string> Violations(IEnumerable<CodeType> types) => types.SelectMany(Violations);

    private IEnumerable<string> Violations(CodeType type)
    {
        if (Stage(type.Namespace) is not { } stage)
        {
            return [];
        }

        int at = stages.IndexOf(stage);
        return at < 0 && stage.Length > 0
            ? [$"{type} is in stage {stage}, which has no place in the order {string.Join(" -> ", stages)}"]
            : type.Uses.Where(use => Stage(use.Namespace) is { Length: > 0 } other && stages.IndexOf(other) > at)
                .Select(use => $"{type} uses {use}: a stage may name only itself, earlier ones and {root}").Order(StringComparer.Ordinal);
    }

    /// <summary>First folder below the root; empty for the root itself, null for other code.</summary>
    private string? Stage(string @namespace) => @namespace == root ? ""
        : @namespace.StartsWith(root + ".", StringComparison.Ordinal) ? @namespace[(root.Length + 1)..].Split('.')[0]
        : null;
}
