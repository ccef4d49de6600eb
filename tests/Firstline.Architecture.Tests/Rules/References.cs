using System.Collections.Immutable;
using System.Xml.Linq;
using Firstline.Architecture.Tests.Metadata;

namespace Firstline.Architecture.Tests.Rules;

/// <summary>Who may reference whom.</summary>
internal static class References
{
    /// <summary>One sentence per reference in the built assembly that is not allowed.</summary>
    public static IEnumerable<string> Violations(CodeAssembly assembly, ImmutableArray<string> allowed) => assembly.References
        .Where(reference => reference.StartsWith("Firstline.", StringComparison.Ordinal) || reference == "firstline")
        .Where(reference => !allowed.Contains(reference))
        .Select(reference => $"{assembly.Name} is built with a reference to {reference}: it may reference only [{string.Join(", ", allowed)}]");

    /// <summary>One sentence per project reference that is not allowed; even an unused one would ship the other's files.</summary>
    public static IEnumerable<string> Violations(string project, XDocument file, ImmutableArray<string> allowed) => file.Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
        .Where(reference => !allowed.Contains(reference))
        .Select(reference => $"{project}.csproj references {reference}: it may reference only [{string.Join(", ", allowed)}]");
}
