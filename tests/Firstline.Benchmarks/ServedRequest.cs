namespace Firstline.Benchmarks;

/// <summary>One request of the operator, as the API server beside it saw it; watches are left out.</summary>
/// <param name="Start">When it came, on the clock of <see cref="Moments"/>.</param>
/// <param name="Took">Until it was answered.</param>
/// <param name="Verb">HTTP method.</param>
/// <param name="Resource">Plural name, with the subresource after a slash.</param>
/// <param name="Name">Name of the object; empty for a list or a creation.</param>
/// <param name="Manager">Field manager; empty for a read.</param>
/// <param name="Code">HTTP status; 0 while there is no answer.</param>
internal sealed record ServedRequest(TimeSpan Start, TimeSpan Took, string Verb, string Resource, string Name, string Manager, int Code)
{
    /// <summary>What the client showed to say who it is.</summary>
    public string Credential { get; init; } = "";

    /// <summary>True when it was to change nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>True when it has come and is not answered yet.</summary>
    public bool IsNew => Code == 0;

    /// <summary>True when it did what it asked for.</summary>
    public bool IsDone => Code is >= 200 and < 300;

    public bool IsWrite => Verb != "GET";

    public TimeSpan End => Start + Took;

    /// <summary>Verb, resource, manager and outcome: what requests are counted by.</summary>
    public string Kind => $"{Verb} {Resource}{(Manager.Length == 0 ? "" : $" by {Manager}")}{(Code >= 400 ? $" -> {Code}" : "")}";
}
