using Firstline.Cli.Commands;
using Firstline.Cli.Terminal;

return await FirstlineCommand.RunAsync(args, Screen.Standard(), CancellationToken.None);
