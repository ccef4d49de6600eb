using System.Collections.Immutable;
using Firstline.Core.Signals;
using Firstline.Host.Configuration;
using Firstline.Kube.Config;

namespace Firstline.Host.Signals;

/// <summary>The rules of the signals file as it is now. A file with a mistake is refused with a line in the log, and what was in force stays.</summary>
/// <param name="path">The file; null for none, and so no rules.</param>
/// <param name="clock">Source of time.</param>
/// <param name="log">Where refusals are told.</param>
internal sealed partial class SignalRulesFile(string? path, TimeProvider clock, ILogger log)
{
    private readonly ILogger _log = log;
    private WatchedFile<SignalRules>? _file;
    private SignalRules? _lastGood;

    /// <summary>The rules, at most ten seconds behind the file.</summary>
    public SignalRules Current => path is null ? SignalRules.None : File.Value;

    private WatchedFile<SignalRules> File => _file ??= new(() => Read(path!), [path!], clock);

    /// <exception cref="OperatorStartException">The file cannot be read, or something is wrong in it.</exception>
    public void Check()
    {
        try
        {
            _ = Current;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorStartException($"the signals file {path} cannot be read: {e.Message}", e);
        }
    }

    // Called once for each content.
    private SignalRules Read(string file)
    {
        (SignalRules rules, ImmutableArray<ConfigurationProblem> problems) = SignalRulesReader.Read(System.IO.File.ReadAllText(file));
        if (problems is not [ConfigurationProblem first, ..])
        {
            return _lastGood = rules;
        }

        string more = problems.Length == 1 ? "" : $" (the first of {problems.Length} problems)";
        string problem = $"{file}:{first.Line}:{first.Column}: {first.Message}{more}";
        if (_lastGood is null)
        {
            throw new OperatorStartException(problem);
        }

        LogRefused(problem);
        return _lastGood;
    }

    [LoggerMessage(6007, LogLevel.Error, "The changed signals file is not taken over, what was in force stays: {Problem}")]
    private partial void LogRefused(string problem);
}
