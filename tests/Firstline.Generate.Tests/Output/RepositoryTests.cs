using System.Collections.Immutable;
using Firstline.Generate.Output;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Output;

public sealed class RepositoryTests : IDisposable
{
    private static readonly ImmutableArray<GeneratedFile> Files = [new("crds/a.yaml", "a: 1\n"), new("config/rbac/role.yaml", "b: 2\n")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("firstline-generate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_makes_the_files_and_differences_are_gone()
    {
        Repository repository = new(_folder.FullName);

        repository.Write(Files).Should().Equal("crds/a.yaml", "config/rbac/role.yaml");

        repository.Differences(Files).Should().BeEmpty();
        repository.Write(Files).Should().BeEmpty("nothing changed since");
    }

    [Theory]
    [InlineData("a file was edited by hand", "crds/a.yaml", "a: 2\n", "crds/a.yaml differs from the code: run make generate")]
    [InlineData("a file was deleted", "crds/a.yaml", null, "crds/a.yaml is missing: run make generate")]
    [InlineData("a file is left over", "crds/old.yaml", "old: 1\n", "crds/old.yaml is not made from the code any more: delete it")]
    public void Differences_say_what_to_do(string situation, string path, string? content, string sentence)
    {
        Repository repository = new(_folder.FullName);
        repository.Write(Files);
        string full = Path.Combine(_folder.FullName, path);
        if (content is null)
        {
            File.Delete(full);
        }
        else
        {
            File.WriteAllText(full, content);
        }

        repository.Differences(Files).Should().Equal([sentence], situation);
    }

    [Fact]
    public void Differences_do_not_see_line_endings_of_a_checkout()
    {
        Repository repository = new(_folder.FullName);
        repository.Write(Files);
        File.WriteAllText(Path.Combine(_folder.FullName, "crds", "a.yaml"), "a: 1\r\n");

        repository.Differences(Files).Should().BeEmpty();
    }
}
