using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using Firstline.Testing;
using FluentAssertions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Firstline.Core.Tests.Runbooks;

/// <summary>Each runbook of the library: no unknown field, valid, honest about when not to use it.</summary>
public sealed class RunbookLibraryTests
{
    private static readonly JsonSerializerOptions Strict = new(FirstlineJson.Runbook.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Checkout.Folder, "runbooks"), "*.yaml").Select(Path.GetFileName).OfType<string>().Where(static f => f != "kustomization.yaml")];

    /// <summary>The whole library.</summary>
    internal static IEnumerable<Runbook> All() => ((IEnumerable<object[]>)Files).Select(static row => Sample.Approved(Read((string)row[0])));

    [Theory]
    [InlineData(Causes.BadRollout)]
    [InlineData(Causes.OomKilled)]
    [InlineData(Causes.CrashLoopAppError)]
    [InlineData(Causes.LivenessProbeFailing)]
    [InlineData(Causes.MissingConfigMap)]
    [InlineData(Causes.JobFailed)]
    [InlineData(Causes.NodeNotReady)]
    [InlineData(Causes.DiskFull)]
    [InlineData(Causes.CertExpired)]
    public void Library_has_a_runbook_for_a_frequent_cause(string cause) => All().Should().Contain(r => r.Spec.Match.Causes.Contains(cause));

    [Theory]
    [MemberData(nameof(Files))]
    public void Runbook_is_valid_bounded_and_honest(string file)
    {
        Runbook runbook = Read(file);
        RunbookValidator.Validate(runbook.Spec).Should().BeEmpty();
        runbook.Metadata.Name.Should().Be(Path.GetFileNameWithoutExtension(file));
        runbook.Spec.NotFor.Should().NotBeNullOrWhiteSpace("each remedy has cases that it is not for");
        (runbook.Spec.Limits.MaxDisruptedPercent ?? runbook.Spec.Limits.MaxDisruptedPods).Should().NotBeNull("each states how much it may disturb");
        runbook.Spec.Limits.Cooldown.Should().NotBeNull();
    }

    [Theory]
    [InlineData("undo-bad-rollout.yaml", RemediationLevel.L1)]
    [InlineData("raise-memory-limit.yaml", RemediationLevel.L2)]
    [InlineData("restart-hung-workload.yaml", RemediationLevel.L1)]
    [InlineData("restore-drifted-config.yaml", RemediationLevel.L2)]
    [InlineData("delete-failed-job.yaml", RemediationLevel.L1)]
    public void Runbook_declares_its_level(string file, RemediationLevel level) => Read(file).Spec.Level.Should().Be(level);

    [Fact]
    public void Reading_notices_an_unknown_field()
    {
        string text = File.ReadAllText(Path.Combine(Checkout.Folder, "runbooks", "undo-bad-rollout.yaml")).Replace("onFailure:", "onFailed:", StringComparison.Ordinal);
        FluentActions.Invoking(() => Parse(text)).Should().Throw<JsonException>().WithMessage("*onFailed*");
    }

    private static Runbook Read(string file) => Parse(File.ReadAllText(Path.Combine(Path.Combine(Checkout.Folder, "runbooks"), file)));

    private static Runbook Parse(string text)
    {
        YamlStream yaml = [];
        yaml.Load(new StringReader(text));
        return JsonNode(yaml.Documents.Single().RootNode).Deserialize<Runbook>(Strict)!;
    }

    private static JsonNode JsonNode(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(static p => KeyValuePair.Create(((YamlScalarNode)p.Key).Value!, (JsonNode?)JsonNode(p.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(JsonNode)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } scalar => JsonValue.Create(scalar.Value == "true"),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar when int.TryParse(scalar.Value, out int number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value ?? "")!,
        _ => throw new JsonException("aliases are not used in runbooks"),
    };
}
