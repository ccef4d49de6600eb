using Firstline.Core.Signals;
using Firstline.Host.Signals;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Signals;

public sealed class SignalRulesReaderTests
{
    [Theory]
    [InlineData("no YAML", "a: [", "2:1 it is not YAML: *")]
    [InlineData("an unknown section", "alert:\n  - alert: A", "1:1 unknown field \"alert\" of the file, did you mean \"alerts\"?")]
    [InlineData("an unknown field of a rule", "alerts:\n- alert: A\n  couse: OOMKilled\n  category: x", "3:3 unknown field \"couse\" of a rule, did you mean \"cause\"?")]
    [InlineData("a list that is none", "alerts: 7", "1:9 alerts is a list of at most 1000: begin each item with a dash")]
    [InlineData("a rule for nothing", "alerts:\n- cause: OOMKilled", "2:3 it is for no alert: give it alert, labels or both")]
    [InlineData("a rule that says nothing", "alerts:\n- alert: A", "2:3 it says nothing: give it cause, category or target")]
    [InlineData("an unknown cause", "alerts:\n- alert: A\n  cause: BadRolout", "2:3 there is no cause \"BadRolout\"; did you mean BadRollout?; declare one of your own under causes")]
    [InlineData("a category that is none", "alerts:\n- alert: A\n  category: Big Trouble", "3:13 category cannot be 'Big Trouble': a category has at most 63 lower-case letters, digits and dashes")]
    [InlineData("an own cause without a domain", "causes:\n  Slow: performance", "2:3 \"Slow\" is no name for an own cause: *")]
    [InlineData("an own cause that is published", "causes:\n  OOMKilled: performance", "2:3 OOMKilled is in the published taxonomy: give your own another name")]
    [InlineData("an own cause without a category", "causes:\n  example.com/Slow:", "2:3 example.com/Slow needs a category *")]
    [InlineData("a target of an unknown kind", "alerts:\n- alert: A\n  target: {kind: Deploiment, namespace: a, name: b}", "3:11 there is no kind \"Deploiment\" of target; did you mean Deployment?")]
    [InlineData("a target without a name", "alerts:\n- alert: A\n  target: {kind: Deployment}", "3:11 a target needs kind and name")]
    [InlineData("a mapping without a name", "webhooks:\n- summary: /a", "2:3 it needs a name")]
    [InlineData("a name that is no part of a path", "webhooks:\n- name: a/b", "2:3 it needs a name|2:9 name cannot be 'a/b': *")]
    [InlineData("two webhooks of one name", "webhooks:\n- name: a\n- name: a", "3:3 there is a webhook a already")]
    [InlineData("a state without its texts", "webhooks:\n- name: a\n  state: /s", "2:3 state and resolved go together: *")]
    [InlineData("a place that is none", "webhooks:\n- name: a\n  time: at", "3:9 time says where in the event it is: write a JSON Pointer, such as /data/time")]
    [InlineData("a pointer with a wrong escape", "cloudEvents:\n- type: a\n  summary: /a~2", "3:12 summary cannot be '/a~2': in a JSON Pointer ~ is written ~0 and a / within a name ~1")]
    [InlineData("two documents", "causes:\n---\nx: 1", "3:1 there is a second document: *")]
    public void Read_names_each_mistake_with_its_place(string situation, string yaml, string problems)
    {
        string read = string.Join('|', SignalRulesReader.Read(yaml).Problems.Select(static p => $"{p.Line}:{p.Column} {p.Message}"));

        read.Should().Match(problems, situation);
    }

    [Fact]
    public void Read_takes_empty_sections_and_an_empty_file()
    {
        SignalRulesReader.Read("").Problems.Should().BeEmpty();
        (SignalRules rules, var problems) = SignalRulesReader.Read("causes:\nalerts:\nwebhooks:\n# nothing yet\n");

        (rules.Alerts.Length, rules.Webhooks.Length, problems.Length).Should().Be((0, 0, 0));
    }
}
