using System.Collections.Immutable;
using System.CommandLine;
using Firstline.Cli.Terminal;
using Firstline.Host;
using Firstline.Host.Configuration;
using Firstline.Host.Logs;
using Firstline.Host.Options;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline run</c>: the operator against any cluster.</summary>
internal static class RunCommand
{
    // A person waits: what is missing is said at once instead of after minutes.
    private static readonly OperatorOptions Defaults = new() { StartupTimeout = TimeSpan.Zero };

    public static Command Create(Screen screen)
    {
        Command command = new("run", "Run the operator against a cluster, until Ctrl-C. Each option can be set in the environment too, as FIRSTLINE_HEALTH_PORT for --health-port.");
        ImmutableArray<(OperatorSetting Setting, Option<string?> Option)> options =
            [.. OperatorSettings.All.Select(static s => (s, new Option<string?>(s.Option) { Description = HelpOf(s), HelpName = s.Value }))];
        foreach ((_, Option<string?> option) in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (given, ct) =>
        {
            ImmutableArray<GivenSetting> typed =
            [
                .. from pair in options
                   let value = given.GetValue(pair.Option)
                   where value is not null
                   select new GivenSetting(pair.Setting, pair.Setting.Option, value),
            ];
            LiveOptions settings = LiveOptions.From(new OptionLayers(Defaults, Environment.GetEnvironmentVariable, typed));
            using ILoggerFactory logs = OperatorLogging.Create(settings);
            await FirstlineOperator.RunAsync(settings, logs, TimeProvider.System, ct);
            return ExitCodes.Success;
        });
        return command;
    }

    private static string HelpOf(OperatorSetting setting) =>
        setting.Get(Defaults) == setting.Default ? setting.Help : $"{setting.Description} Default: {setting.Get(Defaults)}, to say at once what is missing.";
}
