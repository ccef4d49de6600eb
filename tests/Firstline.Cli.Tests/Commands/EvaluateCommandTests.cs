using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Commands;

/// <summary>What becomes of cases that are not as a case should be.</summary>
public sealed class EvaluateCommandTests
{
    private const string Namespace = """{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}""";
    private const string Healthy = """{"category": "healthy", "expected": {"detect": false, "keywords": [null], "keywordsAnyOf": [[]]}}""";

    [Fact]
    public async Task A_case_that_cannot_be_run_is_named_with_its_file_and_the_others_go_on()
    {
        using TemporaryFolder folder = new();
        (string Name, string Case, string Objects, string Says)[] broken =
        [
            ("no-metadata", Healthy, List("""{"apiVersion": "v1", "kind": "Pod"}"""), "objects.json: items[1] has no name"),
            ("no-kind", Healthy, List("""{"apiVersion": "v1", "metadata": {"name": "x"}}"""), "objects.json: items[1] has no kind"),
            ("no-version", Healthy, List("""{"kind": "Pod", "metadata": {"name": "x"}}"""), "objects.json: items[1] has no apiVersion"),
            ("metadata-is-text", Healthy, List("""{"apiVersion": "v1", "kind": "Pod", "metadata": "x"}"""), "objects.json: items[1] has no name"),
            ("name-is-a-number", Healthy, List("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": 7}}"""), "objects.json: items[1] has no name"),
            ("text-is-no-object", Healthy, List("\"x\""), "objects.json: items[1] is no object"),
            ("no-items", Healthy, "{}", "objects.json has no list items: it is a v1 List of objects"),
            ("field-twice", Healthy, """{"items": [], "items": []}""", "objects.json is not JSON: "),
            ("not-served", Healthy, List("""{"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "x"}}"""), "objects.json could not be stored: "),
            ("refused", Healthy, List("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "A B", "namespace": "shop"}}"""), "objects.json could not be stored: "),
            ("spec-is-a-list", Healthy, List("""{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "x", "namespace": "shop"}, "spec": []}"""), "objects.json could not be stored: "),
            ("truth-is-text", """{"expected": "all"}""", List(Namespace), "case.json does not say in expected what is right: "),
            ("delete-what", """{"afterLoad": [{"kind": "Pod"}]}""", List(Namespace), "case.json: afterLoad[0] has no apiVersion"),
        ];
        foreach ((string name, string truth, string objects, _) in broken.Append(("sound", Healthy, List("""{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "namespace": "shop"}}"""), "")))
        {
            Directory.CreateDirectory(folder.File($"cases/{name}"));
            folder.Write($"cases/{name}/case.json", truth);
            folder.Write($"cases/{name}/objects.json", objects);
        }

        (int exitCode, string output, string error) = await CommandLine.RunAsync("evaluate", folder.Path, "--out", folder.File("results.jsonl"));

        exitCode.Should().Be(2);
        string[] said = error.TrimEnd('\n').Split('\n');
        said.Should().HaveSameCount(broken);
        broken.Should().OnlyContain(b => said.Any(line => line.StartsWith(
            $"firstline: case {b.Name} could not be run: {Path.Combine(folder.Path, "cases", b.Name)}/{b.Says}", StringComparison.Ordinal)), error);
        output.Should().Contain("healthy cases with a false positive: 0 of 1");
        JsonElement[] results = [.. (await File.ReadAllLinesAsync(folder.File("results.jsonl"))).Select(static line => JsonDocument.Parse(line).RootElement)];
        results.Should().HaveCount(broken.Length + 1);
        results.Where(static r => !r.TryGetProperty("error", out _)).Select(static r => r.GetProperty("case").GetString()).Should().Equal("sound");
    }

    private static string List(string item) => $$"""{"apiVersion": "v1", "kind": "List", "items": [{{Namespace}}, {{item}}]}""";
}
