namespace Firstline.Architecture.Tests.Sources;

/// <summary>Rules that a reader relies on to find a type.</summary>
internal static class SourceRules
{
    public static IEnumerable<string> OnePublicTypePerFile(SourceFile file) => file.PublicTypes.Skip(1)
        .Select(type => $"{file.Project}/{file.Path} declares {type} beside {file.PublicTypes.First()}: one public type per file");

    public static IEnumerable<string> NamespaceIsFolder(SourceFile file) => file.Namespaces.Where(name => name != file.ExpectedNamespace)
        .Select(name => $"{file.Project}/{file.Path} declares namespace {name}: its folder asks for {file.ExpectedNamespace}");
}
