using System.Collections.Immutable;
using Firstline.Architecture.Tests.Metadata;

namespace Firstline.Architecture.Tests.Rules;

/// <summary>
/// Namespaces of an assembly that need each other can't be understood one at a time. A folder and those within it are one thing to a reader:
/// a catalogue lists what lies in the folder below it, which in turn implements what the catalogue's folder declares.
/// </summary>
internal static class NamespaceCycles
{
    /// <summary>One sentence per use that closes a cycle.</summary>
    public static IEnumerable<string> Violations(IEnumerable<CodeType> types)
    {
        ImmutableArray<CodeType> all = [.. types];
        ImmutableHashSet<string> own = [.. all.Select(type => type.Namespace)];
        ILookup<string, string> edges = all.SelectMany(type => type.Uses.Select(use => (From: type.Namespace, To: use.Namespace)))
            .Where(edge => !Nested(edge.From, edge.To) && own.Contains(edge.To)).Distinct().ToLookup(edge => edge.From, edge => edge.To);
        return
            from type in all
            from use in type.Uses
            where !Nested(use.Namespace, type.Namespace) && own.Contains(use.Namespace) && Reaches(edges, use.Namespace, type.Namespace)
            orderby type.ToString(), use.ToString()
            select $"{type} uses {use}, and {use.Namespace} comes back to {type.Namespace}: namespaces may not depend on each other in a circle";
    }

    private static bool Nested(string one, string other) =>
        $"{one}.".StartsWith($"{other}.", StringComparison.Ordinal) || $"{other}.".StartsWith($"{one}.", StringComparison.Ordinal);

    private static bool Reaches(ILookup<string, string> edges, string from, string to)
    {
        HashSet<string> seen = [];
        Stack<string> open = new([from]);
        while (open.TryPop(out string? at))
        {
            if (at == to)
            {
                return true;
            }

            foreach (string next in edges[at].Where(seen.Add))
            {
                open.Push(next);
            }
        }

        return false;
    }
}
