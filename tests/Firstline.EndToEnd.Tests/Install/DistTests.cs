using System.Diagnostics;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>The single file that <c>make dist</c> writes.</summary>
[Collection(EmptyCluster.Name)]
public sealed class DistTests(EmptyClusterFixture cluster)
{
    private const string Image = "registry.example:5000/team/firstline-operator@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [SkippableFact]
    public async Task Install_yaml_is_config_default_with_the_image_and_is_applied_by_one_command()
    {
        await cluster.RequireEmptyAsync();
        (int code, string output) = await RunAsync("make", $"dist IMAGE={Image}");
        code.Should().Be(0, output);
        string file = Path.Combine(Checkout.Folder, "dist/install.yaml");

        string[] written = await File.ReadAllLinesAsync(file);
        string[] kustomized = (await cluster.Kubectl.RunAsync("kustomize config/default")).TrimEnd('\n').Split('\n');

        written.Select(static line => line.Contains(" image: ", StringComparison.Ordinal) ? "image" : line)
            .Should().Equal(kustomized.Select(static line => line.Contains(" image: ", StringComparison.Ordinal) ? "image" : line));
        written.Should().ContainSingle(static line => line.Contains(" image: ", StringComparison.Ordinal)).Which.Trim().Should().Be($"image: {Image}");
        await cluster.Kubectl.RunAsync($"apply --server-side -f {file}");
        (await cluster.Kubectl.RunAsync("get deployment firstline-operator -n firstline-system -o jsonpath={..image}")).Should().Be(Image);
    }

    [SkippableTheory]
    [InlineData("a space", "'a b'")]
    [InlineData("a quote", "'a\"b'")]
    public async Task An_image_that_is_none_is_refused(string situation, string image)
    {
        Skip.If(OperatingSystem.IsWindows(), "make needs a Unix shell");
        (int code, string output) = await RunAsync("operator/tools/dist.sh", image.Replace('\'', '"').Replace("a\"b", "a\\\"b", StringComparison.Ordinal));

        code.Should().Be(2, situation);
        output.Should().Contain("is no image reference");
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string arguments)
    {
        string file = program.Contains('/', StringComparison.Ordinal) ? Path.Combine(Checkout.Folder, program) : program;
        ProcessStartInfo start = new(file, arguments) { WorkingDirectory = Checkout.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
