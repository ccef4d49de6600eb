using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Store;

/// <summary>Keeps the store in a folder: <c>snapshot.jsonl</c> and, after it, the changes in <c>journal.jsonl</c>, one JSON object per line.</summary>
/// <remarks>
/// A change is written before it is visible, so that the end of the process at any point loses nothing that a client was told. A last line that is cut off
/// (the process ended while writing it) was never visible and is dropped. A snapshot replaces the old one by rename; journal lines that it covers already
/// are skipped when both are read.
/// </remarks>
internal sealed class FolderJournal : IJournal, IDisposable
{
    private const string SnapshotName = "snapshot.jsonl";
    private const string JournalName = "journal.jsonl";
    private const string GuardName = "in-use";

    private readonly string folder;
    private readonly FileStream guard;
    private readonly FileStream stream;

    private FolderJournal(string folder, FileStream guard)
    {
        this.folder = folder;
        this.guard = guard;
        State = Load(folder);
        WriteSnapshot(folder, State);
        stream = new FileStream(Path.Combine(folder, JournalName), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
    }

    /// <summary>What the folder held when it was opened.</summary>
    public LoadedState State { get; }

    /// <summary>Reads the folder (made when missing), then compacts it into one snapshot and an empty journal.</summary>
    /// <exception cref="JournalException">The folder is in use, cannot be read or written, or holds something else.</exception>
    public static FolderJournal Open(string folder)
    {
        FileStream? guard = null;
        try
        {
            PrivateFiles.CreateFolder(folder);   // Secrets are among the objects
            guard = new FileStream(Path.Combine(folder, GuardName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new FolderJournal(folder, guard);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            guard?.Dispose();
            throw new JournalException($"{FolderProblem.Sentence(folder, e)}; choose another folder", e);
        }
        catch (JournalException)
        {
            guard?.Dispose();
            throw;
        }
    }

    public void Append(StoreEvent change)
    {
        long before = stream.Length;
        byte[] line = [.. ObjectBody.ToUtf8(Line(change)), (byte)'\n'];
        try
        {
            stream.Write(line);
            stream.Flush();
        }
        catch (IOException e)
        {
            stream.SetLength(before);
            stream.Position = before;
            throw new JournalException($"the change of {change.Object.Key} was not stored: {folder} cannot be written ({e.Message}); free space there", e);
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        guard.Dispose();
    }

    private static JsonObject Line(StoreEvent change) => Line(
        change.Object.Key, change.Version, change.Type == StoreEventType.Deleted ? null : change.Object.Json.DeepClone());

    private static JsonObject Line(ObjectKey key, long version, JsonNode? state) => new()
    {
        ["version"] = version,
        ["resource"] = key.Resource,
        ["namespace"] = key.Namespace,
        ["name"] = key.Name,
        ["object"] = state,
    };

    private static LoadedState Load(string folder)
    {
        Dictionary<ObjectKey, StoredObject> objects = [];
        long version = 0;
        foreach (string file in new[] { SnapshotName, JournalName })
        {
            foreach (JsonObject line in ReadLines(Path.Combine(folder, file)))
            {
                version = Apply(line, objects, version);
            }
        }

        return new LoadedState(version, [.. objects.Values]);
    }

    private static long Apply(JsonObject line, Dictionary<ObjectKey, StoredObject> objects, long version)
    {
        long at = (long)line["version"]!;
        if (line["resource"] is null)
        {
            return Math.Max(at, version);
        }

        ObjectKey key = new((string)line["resource"]!, (string)line["namespace"]!, (string)line["name"]!);
        if (objects.TryGetValue(key, out StoredObject? known) && known.Version >= at)
        {
            return version;
        }

        if (line["object"] is JsonObject state)
        {
            objects[key] = StoredObject.Seal(key, (JsonObject)state.DeepClone(), at);
        }
        else
        {
            objects.Remove(key);
        }

        return Math.Max(at, version);
    }

    private static IEnumerable<JsonObject> ReadLines(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        string[] lines = reader.ReadToEnd().Split('\n');
        for (int i = 0; i < lines.Length - 1; i++)
        {
            yield return Parse(path, i + 1, lines[i]);
        }
    }

    private static JsonObject Parse(string path, int number, string line)
    {
        try
        {
            if (JsonNode.Parse(line) is JsonObject parsed && parsed["version"]?.GetValueKind() == JsonValueKind.Number)
            {
                return parsed;
            }
        }
        catch (JsonException e)
        {
            throw Broken(path, number, e);
        }

        throw Broken(path, number, null);
    }

    private static JournalException Broken(string path, int number, Exception? cause) =>
        new($"line {number.ToString(CultureInfo.InvariantCulture)} of {path} is not one of this server's records; restore the file or start with an empty folder", cause);

    private static void WriteSnapshot(string folder, LoadedState state)
    {
        string path = Path.Combine(folder, SnapshotName);
        string fresh = path + ".new";
        using (FileStream file = new(fresh, FileMode.Create, FileAccess.Write))
        {
            foreach (StoredObject item in state.Objects)
            {
                file.Write(ObjectBody.ToUtf8(Line(item.Key, item.Version, item.Json.DeepClone())));
                file.WriteByte((byte)'\n');
            }

            file.Write(ObjectBody.ToUtf8(new JsonObject { ["version"] = state.Version }));
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
