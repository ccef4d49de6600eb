namespace Firstline.Testing;

/// <summary>The checkout that the tests were built in.</summary>
public static class Checkout
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("no folder above the tests holds Operator.sln"),
        _ when File.Exists(Path.Combine(folder.FullName, "Operator.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
