namespace Firstline.Host.Options;

/// <summary>One option of the operator: <c>--name value</c>, the environment variable <c>FIRSTLINE_NAME</c>, or a field of the configuration file.</summary>
/// <param name="Name">Option without its dashes, such as <c>webhook-port</c>.</param>
/// <param name="Field">Path of its field in the configuration file, such as <c>webhook.port</c>; empty where a file cannot set it.</param>
/// <param name="Value">What the value is, in one word, such as <c>port</c>.</param>
/// <param name="Description">What it sets, in one sentence.</param>
/// <param name="Get">The value as it is typed; empty for none.</param>
/// <param name="Apply">Sets it; throws <see cref="FormatException"/> with what is allowed instead.</param>
public sealed record OperatorSetting(
    string Name, string Field, string Value, string Description, Func<OperatorOptions, string> Get, Func<OperatorOptions, string, OperatorOptions> Apply)
{
    /// <summary>True when a changed file takes effect in the running operator; otherwise it waits for a restart.</summary>
    public bool IsLive { get; init; }

    /// <summary>True when a file may give several values as a list; elsewhere they are separated by commas.</summary>
    public bool IsList { get; init; }

    /// <summary>As it is typed: <c>--webhook-port</c>.</summary>
    public string Option => "--" + Name;

    /// <summary>As it is set in the environment: <c>FIRSTLINE_WEBHOOK_PORT</c>.</summary>
    public string Variable => "FIRSTLINE_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The value where nothing sets it; empty for none.</summary>
    public string Default => Get(new OperatorOptions());

    /// <summary>The description with the default.</summary>
    public string Help => Default.Length == 0 ? Description : $"{Description} Default: {Default}.";
}
