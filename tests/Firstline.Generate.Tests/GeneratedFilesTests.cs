using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests;

public sealed class GeneratedFilesTests
{
    [Fact]
    public void All_is_the_same_each_time() => GeneratedFiles.All().Should().Equal(GeneratedFiles.All());

    [Fact]
    public void All_has_one_file_per_kind() => GeneratedFiles.All().Select(file => file.Path).Should().Contain(
    [
        "crds/firstline.dev_incidents.yaml",
        "crds/firstline.dev_remediationpolicies.yaml",
        "crds/firstline.dev_remediationrequests.yaml",
        "crds/firstline.dev_runbooks.yaml",
    ]);
}
