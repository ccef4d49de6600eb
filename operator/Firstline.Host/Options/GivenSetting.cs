namespace Firstline.Host.Options;

/// <summary>A value that somebody gave to an option.</summary>
/// <param name="Setting">The option.</param>
/// <param name="Source">What messages name when the value does not fit: <c>--webhook-port</c>, <c>FIRSTLINE_WEBHOOK_PORT</c>.</param>
/// <param name="Value">The value as it was typed.</param>
public sealed record GivenSetting(OperatorSetting Setting, string Source, string Value)
{
    /// <exception cref="OperatorStartException">The value does not fit.</exception>
    public OperatorOptions ApplyTo(OperatorOptions options)
    {
        try
        {
            return Setting.Apply(options, Value);
        }
        catch (FormatException e)
        {
            throw new OperatorStartException($"{Source} cannot be '{Value}': {e.Message}", e);
        }
    }
}
