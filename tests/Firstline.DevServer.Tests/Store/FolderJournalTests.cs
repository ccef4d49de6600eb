using Firstline.DevServer.Store;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Store;

public sealed class FolderJournalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("journal").FullName;

    private string JournalFile => Path.Combine(folder, "journal.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Open_brings_back_what_was_acknowledged_and_goes_on_counting()
    {
        Run(store =>
        {
            StoredObject a = store.Create("a");
            store.Create("b");
            store.TryCommit(a.Key, a, Objects.ConfigMap("a", "w"));
            store.TryCommit(Objects.Key("b"), store.Find(Objects.Key("b")), null);
        });

        Run(store =>
        {
            store.Snapshot("configmaps").Objects.In(null).Select(Objects.Value).Should().Equal("w");
            store.Create("c").Version.Should().Be(5);
        });
    }

    [Fact]
    public void Open_forgets_nothing_over_several_runs()
    {
        foreach (string name in new[] { "a", "b", "c" })
        {
            Run(store => store.Create(name));
        }

        Run(store => store.Snapshot("configmaps").Objects.In(null).Select(item => item.Key.Name).Should().Equal("a", "b", "c"));
    }

    [Fact]
    public void Open_drops_a_last_line_that_was_cut_off()
    {
        Run(store => store.Create("a"));
        File.AppendAllText(JournalFile, """{"version":2,"resource":"configmaps","namesp""");

        Run(store => store.Snapshot("configmaps").Objects.In(null).Should().HaveCount(1));
    }

    [Fact]
    public void Open_refuses_a_broken_line_with_one_sentence_that_names_it()
    {
        File.WriteAllText(JournalFile, "this is not JSON\n");

        FluentActions.Invoking(() => FolderJournal.Open(folder)).Should().Throw<JournalException>()
            .WithMessage("line 1 of *journal.jsonl is not one of this server's records; restore the file or start with an empty folder");
    }

    [Fact]
    public void Open_skips_changes_that_the_snapshot_holds_already()
    {
        Run(store => store.Create("a"));
        string journal = File.ReadAllText(JournalFile);
        Run(store => store.TryCommit(Objects.Key("a"), store.Find(Objects.Key("a")), Objects.ConfigMap("a", "newer")));
        Run(_ => { });
        File.WriteAllText(JournalFile, journal);

        Run(store => store.Snapshot("configmaps").Objects.In(null).Select(Objects.Value).Should().Equal("newer"));
    }

    [Fact]
    public void Open_refuses_a_folder_that_another_server_uses()
    {
        using FolderJournal first = FolderJournal.Open(folder);

        FluentActions.Invoking(() => FolderJournal.Open(folder)).Should().Throw<JournalException>().WithMessage($"another firstline dev uses this folder: {folder}; choose another folder");
    }

    [Fact]
    public void A_change_that_cannot_be_written_does_not_happen()
    {
        ObjectStore store = new(window: 10, new FullDisk());

        store.Invoking(s => s.Create("a")).Should().Throw<JournalException>();

        store.Find(Objects.Key("a")).Should().BeNull();
        store.Version.Should().Be(0);
    }

    private void Run(Action<ObjectStore> use)
    {
        using FolderJournal journal = FolderJournal.Open(folder);
        use(new ObjectStore(window: 10, journal, journal.State));
    }

    private sealed class FullDisk : IJournal
    {
        public void Append(StoreEvent change) => throw new JournalException("no space left");
    }
}
