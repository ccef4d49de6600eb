namespace Firstline.Architecture.Tests.Metadata;

/// <summary>A type that code names, or a member of it.</summary>
/// <param name="Namespace">Namespace of the outermost type.</param>
/// <param name="Type">Name of the outermost type, without namespace.</param>
/// <param name="Member">Method or field; empty where only the type is named.</param>
internal sealed record Use(string Namespace, string Type, string Member)
{
    public override string ToString() => Member.Length == 0 ? $"{Namespace}.{Type}" : $"{Namespace}.{Type}.{Member}";
}
