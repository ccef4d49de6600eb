using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Signals;
using Firstline.Kube;
using Firstline.Kube.Client;

namespace Firstline.Host.Signals;

/// <summary>
/// Stores signals one by one. One that can never be stored is named and holds up no other: the sender would repeat the whole group for it
/// for as long as it fires, and fail at the same place each time.
/// </summary>
internal sealed partial class SignalStore(IIncidentIntake intake, ILogger log)
{
    private const string LabelAdvice =
        "give its rule the labels namespace and deployment, statefulset, daemonset, cronjob, job_name, pod or configmap, or the label node, or name its target in the signals file";

    private readonly ILogger _log = log;

    public async Task<StoredSignals> StoreAsync(ImmutableArray<Signal> signals, CancellationToken ct)
    {
        int stored = 0;
        string? retry = null;
        ImmutableArray<string>.Builder problems = ImmutableArray.CreateBuilder<string>();
        foreach (Signal signal in signals)
        {
            try
            {
                if (WhyNotStored(await intake.ReportAsync(new IncidentReport.FromOutside(signal), ct)) is { } why)
                {
                    problems.Add($"{signal.Name} ({signal.Fingerprint}): {why}");   // the intake has logged it
                    continue;
                }

                stored++;
            }
            catch (Exception e) when (Permanent(e, signal) is { } reason)
            {
                problems.Add($"{signal.Name} ({signal.Fingerprint}): {reason}");
                LogNeverStored(signal.Name, signal.Fingerprint, reason, e.Message);
            }
            catch (Exception e) when (e is KubeException or TransientException)
            {
                retry = e is KubeException { Kind: KubeErrorKind.NotFound } ? $"{e.Message}: is the custom resource {Incident.Type.QualifiedName} installed?" : e.Message;
                if (e is KubeException { Kind: KubeErrorKind.Unreachable })
                {
                    break;   // it is away for all that follow, too
                }
            }
        }

        return new(stored, problems.ToImmutable(), retry);
    }

    private static string? WhyNotStored(IntakeOutcome outcome) => outcome switch
    {
        IntakeOutcome.NoTarget => $"its labels name no object, so it opens no incident: {LabelAdvice}",
        IntakeOutcome.NotWatched => "its object is in none of the namespaces that this operator watches: send it to the operator that does, or add the namespace to the option namespaces",
        _ => null,
    };

    /// <summary>Why sending it again cannot help; null when it may. The server's own words go to the log alone.</summary>
    private static string? Permanent(Exception e, Signal signal) => e switch
    {
        TerminalException => e.Message,
        KubeException { Kind: KubeErrorKind.NotFound, Status.Details.Kind: "namespaces" } => $"{Home(signal)} does not exist",
        KubeException { Kind: KubeErrorKind.Invalid or KubeErrorKind.BadRequest or KubeErrorKind.RequestEntityTooLarge } =>
            "the API server does not accept its Incident as valid: compare the installed CRDs with the operator's version",
        _ => null,
    };

    private static string Home(Signal signal) => signal.Target switch
    {
        { Kind: "Namespace", Name: var name } => $"the namespace {name}",
        { Namespace: { Length: > 0 } ns } => $"the namespace {ns}",
        _ => "the operator's namespace",
    };

    [LoggerMessage(6006, LogLevel.Warning, "The webhook left out the signal {Name} ({Fingerprint}): {Reason}: {Cause}")]
    private partial void LogNeverStored(string name, string fingerprint, string reason, string cause);
}
