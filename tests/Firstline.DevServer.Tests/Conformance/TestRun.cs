namespace Firstline.DevServer.Tests.Conformance;

/// <summary>What the tests leave on a cluster carries the name of their run, so that whoever started them can remove it, however they ended.</summary>
internal static class TestRun
{
    /// <summary>Label of everything that the tests make outside of their namespaces, and of these.</summary>
    public const string Label = "firstline.dev/test-run";

    /// <summary>Name of this run.</summary>
    public static string Name { get; } = Environment.GetEnvironmentVariable("FIRSTLINE_TEST_RUN") ?? "local";

    /// <summary>The labels as JSON.</summary>
    public static string Labels => $$"""{"{{Label}}":"{{Name}}"}""";
}
