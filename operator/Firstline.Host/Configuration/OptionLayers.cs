using System.Collections.Immutable;
using Firstline.Host.Options;

namespace Firstline.Host.Configuration;

/// <summary>Where the options come from: defaults, the configuration file, the environment, the command line; the later ones win. The file can be read again.</summary>
/// <param name="start">The defaults.</param>
/// <param name="environment">Reads an environment variable; null when it is not set.</param>
/// <param name="commandLine">Options of the command line.</param>
public sealed class OptionLayers(OperatorOptions start, Func<string, string?> environment, ImmutableArray<GivenSetting> commandLine)
{
    private readonly ImmutableArray<GivenSetting> _given =
    [
        .. from setting in OperatorSettings.All
           let value = environment(setting.Variable)
           where !string.IsNullOrEmpty(value)
           select new GivenSetting(setting, setting.Variable, value),
        .. commandLine,
    ];

    /// <summary>The configuration file; null for none.</summary>
    public string? File => _given.LastOrDefault(static g => g.Setting.Name == "config")?.Value;

    /// <summary>Reads the file, if there is one, and puts the layers over each other.</summary>
    /// <exception cref="OperatorStartException">The file cannot be read, or a value does not fit.</exception>
    public OperatorOptions Load()
    {
        OperatorOptions options = File is { } file ? ConfigurationFile.Read(file).ApplyTo(start, file) : start;
        options = _given.Aggregate(options, static (o, given) => given.ApplyTo(o));
        return (options.Lease.Problem ?? options.Webhook.Problem ?? options.Model.Problem) is { } problem ? throw new OperatorStartException(problem) : options;
    }

    /// <summary>Where the options of a program are read from.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    /// <exception cref="OperatorStartException">An option is unknown or lacks its value.</exception>
    public static OptionLayers Of(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ImmutableArray<GivenSetting>.Builder given = ImmutableArray.CreateBuilder<GivenSetting>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string[] parts = arguments[i].Split('=', 2);
            OperatorSetting setting = OperatorSettings.All.FirstOrDefault(s => s.Option == parts[0]) ?? throw Unknown(parts[0]);
            string value = parts.Length == 2 ? parts[1]
                : ++i < arguments.Count ? arguments[i]
                : throw new OperatorStartException($"{setting.Option} needs a value: {setting.Help}");
            given.Add(new(setting, setting.Option, value));
        }

        return new(new OperatorOptions(), environment, given.ToImmutable());
    }

    private static OperatorStartException Unknown(string option) =>
        new($"{option} is not an option; there are: {string.Join(", ", OperatorSettings.All.Select(static s => s.Option))}");
}
