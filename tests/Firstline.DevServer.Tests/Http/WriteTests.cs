using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Http;

public sealed class WriteTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private readonly ApiClient api = running.Client;

    [Fact]
    public async Task Bodies_above_three_mebibytes_are_refused()
    {
        ApiAnswer answer = await api.PostAsync(ConfigMaps, new string('a', 3_200_000));

        (answer.Code, answer.Message).Should().Be((413, "Request entity too large: limit is 3145728"));
    }

    [Theory]
    [InlineData("a template that nobody filled in", "metadata:\n  name: {{ .Values.name }}\n", "*yaml: line 2: a key must be plain text*")]
    [InlineData("an anchor that holds itself", "metadata: &all\n  labels: *all\n", "*or holds itself*")]
    public async Task YAML_that_JSON_cannot_hold_is_refused_in_words(string situation, string body, string message)
    {
        ApiAnswer answer = await api.PostAsync(ConfigMaps, body, "application/yaml");

        (answer.Code, answer.Reason).Should().Be((400, "BadRequest"), situation);
        answer.Message.Should().Match(message);
    }

    [Fact]
    public async Task Concurrent_patches_are_all_kept()
    {
        await CreateAsync("busy");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => api.PatchAsync($"{ConfigMaps}/busy", $"{{'data':{{'k{i}':'x'}}}}")));

        (await api.GetAsync($"{ConfigMaps}/busy")).Body["data"]!.AsObject().Count.Should().Be(21);
    }

    private Task<ApiAnswer> CreateAsync(string name) => api.PostAsync(ConfigMaps, $"{{'metadata':{{'name':'{name}'}},'data':{{'k':'v'}}}}");
}
