using System.CommandLine;
using Firstline.Cli.Development;
using Firstline.Cli.Terminal;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline dev</c>: a cluster to try things on, in one process.</summary>
internal static class DevCommand
{
    public static Command Create(Screen screen)
    {
        Option<int> port = new("--port") { Description = "Port of the API server; by default a free one." };
        Option<string?> data = new("--data") { Description = "Folder that keeps the objects, the certificates and the tokens from one run to the next; by default they end with the run.", HelpName = "folder" };
        Option<bool> noOperator = new("--no-operator") { Description = "Do not start the operator: run it yourself with firstline run." };
        Option<bool> noSimulation = new("--no-simulation") { Description = "Do not play controllers and kubelets: objects stay as they are written." };
        Option<double> speed = new("--speed") { Description = "How much faster than a real cluster pods start, crash and back off.", DefaultValueFactory = static _ => 5 };
        Command command = new("dev", "Start an API server, a simulated cluster and the operator in this process, until Ctrl-C.") { port, data, noOperator, noSimulation, speed };
        command.SetAction(async (given, ct) =>
        {
            DevOptions options = new()
            {
                Port = given.GetValue(port) is >= 0 and <= ushort.MaxValue and var chosen ? chosen : throw new CommandException("--port is a number from 0 to 65535; 0 takes a free one"),
                Data = given.GetValue(data),
                Operator = given.GetValue(noOperator) ? Part.Off : Part.On,
                Simulation = given.GetValue(noSimulation) ? Part.Off : Part.On,
                Speed = given.GetValue(speed) is > 0 and < double.PositiveInfinity and var factor ? factor : throw new CommandException("--speed must be more than 0; 1 is a real cluster"),
            };
            return await RunAsync(screen, options, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, DevOptions options, CancellationToken ct)
    {
        using DevFolder folder = DevFolder.Open(options.Data);
        using ILoggerFactory logs = folder.CreateLog(TimeProvider.System);
        await using DevEnvironment environment = await DevEnvironment.StartAsync(options, folder, logs, TimeProvider.System, ct);
        DevGreeting.Print(screen, environment, options);
        await environment.RunAsync(ct);
        return ExitCodes.Success;
    }
}
