using Firstline.Core.Diagnosis.Changes;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Diagnosis.Changes;

public sealed class TemplateComparisonTests
{
    private const string Before =
        """{"metadata":{"annotations":{}},"spec":{"containers":[{"name":"app","image":"a:1","env":[{"name":"KEY","value":"hunter22"}],"resources":{"limits":{"memory":"64Mi"}}}]}}""";

    [Theory]
    [InlineData("an image", "a:1", "a:2", "Image: image of container app from a:1 to a:2")]
    [InlineData("a limit", "64Mi", "32Mi", "Resources: resources of container app from {\"limits\":{\"memory\":\"64Mi\"}} to {\"limits\":{\"memory\":\"32Mi\"}}")]
    [InlineData("an environment variable, without its value", "hunter22", "hunter23", "Environment: environment of container app (KEY)")]
    [InlineData("a container", "\"name\":\"app\"", "\"name\":\"other\"", "Containers: container other added; Containers: container app removed")]
    [InlineData("annotations, as a restart does", "\"annotations\":{}", "\"annotations\":{\"restartedAt\":\"x\"}", "RestartOnly: annotations only, as a restart does")]
    [InlineData("where it may run", "\"containers\"", "\"nodeSelector\":{\"disk\":\"ssd\"},\"containers\"", "Placement: nodeSelector")]
    [InlineData("a command", "\"image\"", "\"command\":[\"/run\"],\"image\"", "Command: command of container app from the image's own to /run")]
    [InlineData("a probe", "\"image\"", "\"livenessProbe\":{},\"image\"", "Probe: livenessProbe of container app")]
    [InlineData("a variable that is there twice, as the API server takes it with a warning", "hunter22\"}", "hunter22\"},{\"name\":\"KEY\",\"value\":\"last\"}", "Environment: environment of container app (KEY)")]
    [InlineData("volumes", "\"containers\"", "\"volumes\":[{\"name\":\"v\"}],\"containers\"", "Configuration: volumes")]
    public void Compare_names_a_change_of(string what, string old, string young, string expected)
    {
        string text = string.Join("; ", TemplateComparison.Compare(Before, Before.Replace(old, young, StringComparison.Ordinal)).Select(static d => $"{d.Aspect}: {d.Summary}"));

        text.Should().Be(expected, what);
    }
}
