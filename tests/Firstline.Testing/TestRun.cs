namespace Firstline.Testing;

/// <summary>What the tests leave on a cluster carries the name of their run, so that whoever started them can remove it, however they ended.</summary>
public static class TestRun
{
    /// <summary>Label of everything that the tests make outside of their namespaces, and of these.</summary>
    public const string Label = "firstline.dev/test-run";

    /// <summary>Name of this run.</summary>
    public static string Name { get; } = Environment.GetEnvironmentVariable("FIRSTLINE_TEST_RUN") ?? "local";

    /// <summary>The labels as JSON.</summary>
    public static string Labels => $$"""{"{{Label}}":"{{Name}}"}""";

    /// <summary>The manifest of a namespace that carries them.</summary>
    public static string Namespace(string name) => $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}","labels":{{{Labels}}}}}""";
}
