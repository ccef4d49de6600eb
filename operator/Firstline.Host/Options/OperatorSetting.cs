namespace Firstline.Host.Options;

/// <summary>One option of the operator: <c>--name value</c>, or the environment variable <c>FIRSTLINE_NAME</c>.</summary>
/// <param name="Name">Option without its dashes, such as <c>webhook-port</c>.</param>
/// <param name="Value">What the value is, in one word, such as <c>port</c>.</param>
/// <param name="Description">What it sets, in one sentence, with the default.</param>
/// <param name="Apply">Sets it; throws <see cref="FormatException"/> with what is allowed instead.</param>
public sealed record OperatorSetting(string Name, string Value, string Description, Func<OperatorOptions, string, OperatorOptions> Apply)
{
    /// <summary>As it is typed: <c>--webhook-port</c>.</summary>
    public string Option => "--" + Name;

    /// <summary>As it is set in the environment: <c>FIRSTLINE_WEBHOOK_PORT</c>.</summary>
    public string Variable => "FIRSTLINE_" + Name.Replace('-', '_').ToUpperInvariant();
}
