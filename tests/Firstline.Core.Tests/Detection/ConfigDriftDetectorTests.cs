using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class ConfigDriftDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a value was changed", Alone(Config("debug")), true, null),
        ("it is as declared", Alone(Config()), false, null),
        ("it is not guarded", Alone(Config("debug", guarded: false)), false, null),
        ("it was never applied", Alone(Config("debug", declared: null)), false, null),
        ("a key was added", Alone(Config() with { Data = Config().Data.Add("extra", "1") }), true, null),
        ("a key was removed", Alone(Config() with { Data = Config().Data.Clear() }), true, null),
        ("it was deleted", Alone(Config("debug")) with { Exists = false }, false, null),
        ("a workload reads it, whose incident is another", Deployment(Pod(BackingOff())) with { ConfigMaps = [Config("debug")] }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new ConfigDriftDetector(), sentence, situation, fires, lookAgain);

    [Fact]
    public void Detect_names_keys_and_never_values()
    {
        string summary = Assert.Single(new ConfigDriftDetector().Detect(Alone(Config("s3cr3t")), Now).Findings).Summary;

        Assert.Contains("key level", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", summary, StringComparison.Ordinal);
    }

    private static Situation Alone(ConfigMapFacts config) => new() { Subject = config.Ref, ConfigMaps = [config] };
}
