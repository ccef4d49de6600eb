using Firstline.Testing;
using FluentAssertions;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>A copy of <c>config/</c> to write an overlay in, as docs/install.md tells its readers to.</summary>
internal sealed class ConfigCopy
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("firstline-config-");

    public ConfigCopy()
    {
        foreach (string folder in (string[])["config", "crds"])
        {
            CopyFolder(new DirectoryInfo(System.IO.Path.Combine(Checkout.Folder, folder)), _folder.CreateSubdirectory(folder));
        }
    }

    /// <summary>A path below <c>config/</c>.</summary>
    public string Path(string relative) => System.IO.Path.Combine(_folder.FullName, "config", relative);

    /// <summary>Copies a folder of it.</summary>
    public void Copy(string from, string to) => CopyFolder(new DirectoryInfo(Path(from)), Directory.CreateDirectory(Path(to)));

    /// <summary>Changes what the guide says to change.</summary>
    public async Task EditAsync(string file, params (string Old, string New)[] edits)
    {
        string text = await File.ReadAllTextAsync(Path(file));
        foreach ((string old, string @new) in edits)
        {
            text.Should().Contain(old, "docs/install.md says to change it in {0}", file);
            text = text.Replace(old, @new, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Path(file), text);
    }

    /// <summary>Removes the copy.</summary>
    public void Remove() => _folder.Delete(recursive: true);

    private static void CopyFolder(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (FileInfo file in from.GetFiles())
        {
            file.CopyTo(System.IO.Path.Combine(to.FullName, file.Name));
        }

        foreach (DirectoryInfo folder in from.GetDirectories())
        {
            CopyFolder(folder, to.CreateSubdirectory(folder.Name));
        }
    }
}
