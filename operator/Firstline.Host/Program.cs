using System.Runtime.InteropServices;
using Firstline.Host;
using Firstline.Host.Configuration;
using Firstline.Host.Logs;
using Firstline.Kube;
using Firstline.Kube.Config;
using Firstline.Kube.Leases;

using CancellationTokenSource stop = new();
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

try
{
    LiveOptions options = LiveOptions.From(OptionLayers.Of(args, Environment.GetEnvironmentVariable));
    using ILoggerFactory logs = OperatorLogging.Create(options);
    await FirstlineOperator.RunAsync(options, logs, TimeProvider.System, stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (Exception e) when (e is OperatorStartException or KubeConfigException)
{
    await Console.Error.WriteLineAsync($"firstline-operator: {e.Message}");
    return 2;
}
catch (Exception e) when (e is NotLeaderException or TransientException)
{
    // Starting anew is the cure; the kubelet does it.
    await Console.Error.WriteLineAsync($"firstline-operator: {e.Message}");
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
