using System.Collections.Immutable;
using Firstline.Generate;
using Firstline.Generate.Output;

if (args is not ([_] or ["--verify", _]) || !Directory.Exists(args[^1]))
{
    Console.Error.WriteLine("usage: Firstline.Generate [--verify] FOLDER, where FOLDER is the repository: writes what follows from the code, or says what differs");
    return 2;
}

try
{
    Repository repository = new(args[^1]);
    ImmutableArray<GeneratedFile> files = GeneratedFiles.All();
    return args.Length == 2 ? Verify(repository, files) : Write(repository, files);
}
catch (GenerateException problem)
{
    Console.Error.WriteLine($"can't generate: {problem.Message}");
    return 1;
}

static int Write(Repository repository, ImmutableArray<GeneratedFile> files)
{
    ImmutableArray<string> written = repository.Write(files);
    Console.WriteLine($"{files.Length} files follow from the code, {written.Length} of them changed");
    foreach (string path in written)
    {
        Console.WriteLine($"  {path}");
    }

    return 0;
}

static int Verify(Repository repository, ImmutableArray<GeneratedFile> files)
{
    ImmutableArray<string> differences = repository.Differences(files);
    foreach (string difference in differences)
    {
        Console.Error.WriteLine(difference);
    }

    if (differences.IsEmpty)
    {
        Console.WriteLine($"{files.Length} generated files are as the code says");
    }

    return differences.IsEmpty ? 0 : 1;
}
