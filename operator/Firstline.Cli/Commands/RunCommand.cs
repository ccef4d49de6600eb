using System.Collections.Immutable;
using System.CommandLine;
using Firstline.Cli.Terminal;
using Firstline.Host;
using Firstline.Host.Options;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline run</c>: the operator against any cluster.</summary>
internal static class RunCommand
{
    public static Command Create(Screen screen)
    {
        Command command = new("run", "Run the operator against a cluster, until Ctrl-C. Each option can be set in the environment too, as FIRSTLINE_HEALTH_PORT for --health-port.");
        ImmutableArray<(OperatorSetting Setting, Option<string?> Option)> options =
            [.. OperatorSettings.All.Select(static s => (s, new Option<string?>(s.Option) { Description = s.Description, HelpName = s.Value }))];
        foreach ((_, Option<string?> option) in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (given, ct) =>
        {
            // A person waits: what is missing is said at once instead of after minutes.
            OperatorOptions settings = OperatorSettings.FromEnvironment(new OperatorOptions { StartupTimeout = TimeSpan.Zero }, Environment.GetEnvironmentVariable);
            foreach ((OperatorSetting setting, Option<string?> option) in options)
            {
                settings = given.GetValue(option) is { } value ? OperatorSettings.Set(settings, setting, setting.Option, value) : settings;
            }

            using ILoggerFactory logs = OperatorLogging.Create(settings);
            await FirstlineOperator.RunAsync(settings, logs, TimeProvider.System, ct);
            return ExitCodes.Success;
        });
        return command;
    }
}
