using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Which cause a clue of a log speaks for, and how much: one line a kind of clue, and one a kind of trouble for what a log tells of its own workload.</summary>
internal static class LogVerdicts
{
    private static readonly ImmutableDictionary<LogClueKind, (string Cause, int Percent)> Clues = new Dictionary<LogClueKind, (string Cause, int Percent)>
    {
        [LogClueKind.WrongAddress] = (Causes.MisconfiguredAppConfig, 93),
        [LogClueKind.BrokenDns] = (Causes.DnsMisconfigured, 92),
        [LogClueKind.LocalService] = (Causes.ServiceTrafficPolicyLocal, 92),
        [LogClueKind.PolicyOnDns] = (Causes.NetworkPolicyDeny, 90),
        [LogClueKind.PolicyOnCallee] = (Causes.NetworkPolicyDeny, 90),
        [LogClueKind.PolicyOnCaller] = (Causes.NetworkPolicyDeny, 88),
        [LogClueKind.WrongTargetPort] = (Causes.ServiceTargetPortMismatch, 88),
        [LogClueKind.OtherCommand] = (Causes.InvalidCommand, 88),
        [LogClueKind.OtherAddress] = (Causes.MisconfiguredAppConfig, 86),
        [LogClueKind.PolicyOnEgress] = (Causes.NetworkPolicyDeny, 85),
        [LogClueKind.OwnDnsPolicy] = (Causes.WrongDnsPolicy, 84),
        [LogClueKind.Route] = (Causes.IngressWrongBackend, 84),
        [LogClueKind.Dependency] = (Causes.DependencyUnavailable, 82),
        [LogClueKind.MissingService] = (Causes.ServiceMissing, 80),
        [LogClueKind.EmptyService] = (Causes.ServiceNoEndpoints, 78),
        [LogClueKind.DownBackend] = (Causes.DependencyUnavailable, 40),   // what its own pods show says more
        [LogClueKind.RotatedSecret] = (Causes.StaleSecret, 78),
        [LogClueKind.RefusingBackend] = (Causes.DependencyUnavailable, 66),
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<LogTrouble, (string Cause, string? Category, string What, int Percent)> Own =
        new Dictionary<LogTrouble, (string Cause, string? Category, string What, int Percent)>
        {
            [LogTrouble.DiskFull] = (Causes.DiskFull, null, "has no space left on a volume or disk", 88),
            [LogTrouble.PortTaken] = (Causes.PortConflict, null, "cannot bind its port, since the address is already in use: two processes of its pod want one port", 90),
            [LogTrouble.CertificateExpired] = (Causes.CertExpired, null, "uses or meets a certificate that has expired", 80),
            [LogTrouble.CertificateInvalid] = (Causes.CertInvalid, null, "uses or meets a certificate that is invalid or not trusted", 80),
            [LogTrouble.IssuerNotReady] = (Causes.CertIssuerNotReady, null, "waits for a certificate whose issuer is not ready", 84),
            [LogTrouble.TlsHandshake] = (Causes.DependencyUnavailable, "credentials", "fails in the TLS handshake with what it calls, or with its callers", 60),
            [LogTrouble.Forbidden] = (Causes.RbacForbidden, null, "is refused by RBAC (Forbidden): its ServiceAccount lacks a role for the request", 92),
            [LogTrouble.CredentialsRefused] =
                (Causes.InvalidCredentials, null, "is refused for its credentials (user, password or token): authentication fails", 84),
            [LogTrouble.CredentialsStale] = (Causes.StaleSecret, null, "still has the credentials (password, token) from before their Secret was rotated", 88),
            [LogTrouble.VariableMissing] = (Causes.MissingEnvVar, null, "lacks a required environment variable", 86),
            [LogTrouble.ConfigKeyMissing] = (Causes.MisconfiguredAppConfig, "config", "lacks a key in its configuration", 80),
            [LogTrouble.ConfigInvalid] = (Causes.MisconfiguredAppConfig, "app-config", "cannot read its configuration, or a value in it is wrong", 72),
            [LogTrouble.CommandInvalid] = (Causes.InvalidCommand, null, "runs a wrong command, script or argument (file not found or syntax)", 84),
            [LogTrouble.PlatformWrong] = (Causes.UnsupportedArchitecture, null, "has in its image a program for another platform (architecture) than its node's", 88),
            [LogTrouble.ImageFaulty] = (Causes.BadImage, null, "lacks in its image what it needs", 86),
            [LogTrouble.NotPermitted] =
                (Causes.SecurityContext, null, "may not do what it needs: user, group, capability or read-only file system of its securityContext (permission denied)", 76),
            [LogTrouble.PoolExhausted] = (Causes.ConnectionPoolExhausted, null, "has exhausted its connection pool", 78),
            [LogTrouble.MemoryExhausted] = (Causes.MemoryLeak, null, "uses more and more memory, which looks like a leak", 76),
            [LogTrouble.NameUnresolved] = (Causes.DnsResolutionFailure, null, "cannot resolve a host name", 70),
            [LogTrouble.DatabaseUnavailable] =
                (Causes.DependencyUnavailable, "app-logs", "cannot use its database: a connection cannot be had from the pool in time, or times out", 70),
            [LogTrouble.ConnectionRefused] = (Causes.DependencyUnavailable, null, "cannot reach what it depends on: the connection is refused", 58),
            [LogTrouble.TimedOut] = (Causes.DependencyUnavailable, null, "cannot reach what it depends on before its timeout", 56),
            [LogTrouble.UpstreamFailed] = (Causes.DependencyUnavailable, null, "is a proxy for something that fails", 55),
            [LogTrouble.Cascading] = (Causes.CascadingFailure, null, "fails because a service behind it fails, and that through several services", 70),
            [LogTrouble.Throttled] = (Causes.CpuThrottling, null, "is throttled at its cpu limit", 80),
            [LogTrouble.Errors] = (Causes.AppErrorInLogs, null, "logs errors", 50),
        }.ToImmutableDictionary();

    /// <summary>The verdicts, the likeliest first; empty when the log tells nothing.</summary>
    public static ImmutableArray<LogVerdict> Of(LogSurveyFacts survey, Surroundings around) =>
    [
        .. LogClues.Of(survey, around).Select(clue => Of(survey, clue)).OrderByDescending(static v => v.Percent)
            .DistinctBy(static v => (v.Cause, v.Target.Kind, v.Target.Name)),
    ];

    private static LogVerdict Of(LogSurveyFacts survey, LogClue clue) => clue.Kind switch
    {
        LogClueKind.Own => OfOwn(survey, clue),
        LogClueKind.IngressCertificate => OfCertificate(clue, 90),
        LogClueKind.NamedCertificate => OfCertificate(clue, 85),
        _ => new(
            clue.At, Clues[clue.Kind].Cause, CategoryOf(clue), $"{clue.Fact}{(clue.Kind == LogClueKind.Route ? ", so that it is likely the wrong one" : "")}: {clue.Sign.Line}",
            Clues[clue.Kind].Percent),
    };

    private static string? CategoryOf(LogClue clue) => clue switch
    {
        { Kind: LogClueKind.WrongAddress or LogClueKind.OtherAddress } => "app-config",
        { Kind: LogClueKind.Dependency, Sign.Kind: LogTrouble.TlsHandshake } => "credentials",
        _ => null,
    };

    private static LogVerdict OfOwn(LogSurveyFacts survey, LogClue clue)
    {
        (string cause, string? category, string what, int percent) = Own[clue.Sign.Kind];
        string about = clue.Sign is { About: { } name, Kind: LogTrouble.VariableMissing or LogTrouble.ConfigKeyMissing } ? $" {name}" : "";
        return new(survey.Subject, cause, category, $"{survey.Subject} {what}{about}: {clue.Sign.Line}{(clue.Fact.Length > 0 ? $"; {clue.Fact}" : "")}", percent);
    }

    private static LogVerdict OfCertificate(LogClue clue, int percent)
    {
        string what = clue.Sign.Kind switch
        {
            LogTrouble.CertificateExpired => "the certificate has expired",
            LogTrouble.IssuerNotReady => "the issuer of the certificate is not ready",
            _ => "the certificate is invalid or not trusted",
        };
        return new(clue.At, Own[clue.Sign.Kind].Cause, null, $"{what} in {clue.Fact}: {clue.Sign.Line}", percent);
    }
}
