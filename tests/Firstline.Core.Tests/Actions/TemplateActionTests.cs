using Firstline.Core.Actions;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class TemplateActionTests
{
    private const string Head = """[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},""";
    private const string Env = "/spec/template/spec/containers/0/env";

    [Fact]
    public void SetImage_replaces_the_image_that_was_seen_and_its_inverse_puts_it_back()
    {
        ActionResult.Planned plan = Image("web:1.2").Should().BeOfType<ActionResult.Planned>().Subject;
        plan.Forward[0].Body.Should().Be(Head + """{"op":"test","path":"/spec/template/spec/containers/0/image","value":"web:2"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"web:1.2"}]""");
        plan.Inverse[0].Body.Should().Be(Head + """{"op":"test","path":"/spec/template/spec/containers/0/image","value":"web:1.2"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"web:2"}]""");
        plan.Summary.Should().Contain("from web:2 to web:1.2");
        plan.DisruptedPods.Should().Be(0, "of 4 pods 3 are ready, and one may be missing");
    }

    [Fact]
    public void SetImage_refuses_what_is_there_and_a_container_that_is_not()
    {
        Image("web:2").Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.AlreadySet);
        Image("web:3", "sidecar").Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.ContainerUnknown);
    }

    [Theory]
    [InlineData("with a tag", "web:1.2", true)]
    [InlineData("with registry and port", "registry.example:5000/shop/web:v1", true)]
    [InlineData("with a digest", "web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [InlineData("without a tag", "web", false)]
    [InlineData("a port is no tag", "registry.example:5000/web", false)]
    [InlineData("empty", "", false)]
    [InlineData("a blank", "web:1 ", false)]
    [InlineData("a line break", "web:1\n", false)]
    [InlineData("another digest", "web@sha256:12", false)]
    public void SetImage_takes_images_that_name_a_version(string situation, string image, bool valid) =>
        (Problem(new SetImageAction(), "image", image) is null).Should().Be(valid, situation);

    [Theory]
    [InlineData("the first one", null, """{"op":"add","path":"ENV","value":[{"name":"MODE","value":"safe"}]}]""",
        """{"op":"test","path":"ENV","value":[{"name":"MODE","value":"safe"}]},{"op":"remove","path":"ENV"}]""")]
    [InlineData("another one", """[{"name":"A","value":"1"}]""",
        """{"op":"test","path":"ENV","value":[{"name":"A","value":"1"}]},{"op":"replace","path":"ENV","value":[{"name":"A","value":"1"},{"name":"MODE","value":"safe"}]}]""",
        """{"op":"test","path":"ENV","value":[{"name":"A","value":"1"},{"name":"MODE","value":"safe"}]},{"op":"replace","path":"ENV","value":[{"name":"A","value":"1"}]}]""")]
    [InlineData("one that is there", """[{"name":"MODE","value":"fast"}]""",
        """{"op":"test","path":"ENV","value":[{"name":"MODE","value":"fast"}]},{"op":"replace","path":"ENV","value":[{"name":"MODE","value":"safe"}]}]""",
        """{"op":"test","path":"ENV","value":[{"name":"MODE","value":"safe"}]},{"op":"replace","path":"ENV","value":[{"name":"MODE","value":"fast"}]}]""")]
    public void SetEnv_changes_one_variable_and_its_inverse_restores_the_list(string situation, string? present, string forward, string inverse)
    {
        ActionResult.Planned plan = Variable(present, "MODE", "safe").Should().BeOfType<ActionResult.Planned>(situation).Subject;
        plan.Forward[0].Body.Should().Be(Head + forward.Replace("ENV", Env, StringComparison.Ordinal), situation);
        plan.Inverse[0].Body.Should().Be(Head + inverse.Replace("ENV", Env, StringComparison.Ordinal), situation);
        plan.Summary.Should().Contain("variable MODE").And.NotContain("safe").And.NotContain("fast");
    }

    [Fact]
    public void SetEnv_writes_an_empty_value_as_the_api_server_keeps_it() =>
        ((ActionResult.Planned)Variable("""[{"name":"MODE","value":"fast"}]""", "MODE", "")).Inverse[0].Body.Should().Contain("""{"op":"test","path":"/spec/template/spec/containers/0/env","value":[{"name":"MODE"}]}""");

    [Theory]
    [InlineData("the value is there", """[{"name":"MODE","value":"safe"}]""", "safe", ActionReasons.AlreadySet)]
    [InlineData("no value is there", """[{"name":"MODE"}]""", "", ActionReasons.AlreadySet)]
    [InlineData("it comes from a Secret", """[{"name":"MODE","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]""", "safe", ActionReasons.ReadFromElsewhere)]
    public void SetEnv_refuses(string situation, string present, string value, string reason) =>
        Variable(present, "MODE", value).Should().BeOfType<ActionResult.Refused>(situation).Which.Reason.Should().Be(reason, situation);

    [Theory]
    [InlineData("a plain name", "LOG_LEVEL", true)]
    [InlineData("a dotted name", "spring.profiles.active", true)]
    [InlineData("an equals sign", "A=B", false)]
    [InlineData("a digit first", "1A", false)]
    [InlineData("empty", "", false)]
    public void SetEnv_takes_names_of_variables(string situation, string name, bool valid) =>
        (Problem(new SetEnvAction(), "name", name) is null).Should().Be(valid, situation);

    private static string? Problem(IAction action, string parameter, string value) => action.Parameters.Single(p => p.Name == parameter).Problem(value);

    private static ActionResult Image(string image, string container = "") =>
        Sample.Plan(new SetImageAction(), Sample.Broken, null, ("image", image), ("container", container));

    private static ActionResult Variable(string? present, string name, string value)
    {
        string template = present is null ? Sample.Bad : Sample.Bad.Replace("\"web:2\"", $"\"web:2\",\"env\":{present}", StringComparison.Ordinal);
        Situation state = Sample.Broken with { Workload = Sample.Workload with { TemplateJson = template } };
        return Sample.Plan(new SetEnvAction(), state, null, ("name", name), ("value", value));
    }
}
