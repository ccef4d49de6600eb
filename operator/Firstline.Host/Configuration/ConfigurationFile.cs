using System.Collections.Immutable;
using Firstline.Host.Options;

namespace Firstline.Host.Configuration;

/// <summary>What a configuration file says: the options that it sets, and what is wrong with it.</summary>
/// <param name="Settings">Options that it sets, in the order of the file; each value fits.</param>
/// <param name="Problems">What is wrong, in the order of the file.</param>
public sealed record ConfigurationFile(ImmutableArray<GivenSetting> Settings, ImmutableArray<ConfigurationProblem> Problems)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="OperatorStartException">It cannot be read.</exception>
    public static ConfigurationFile Read(string path)
    {
        try
        {
            return ConfigurationReader.Read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorStartException($"the configuration file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Sets what the file sets.</summary>
    /// <exception cref="OperatorStartException">Something is wrong in it: a file is taken as a whole or not at all.</exception>
    public OperatorOptions ApplyTo(OperatorOptions options, string path)
    {
        if (Problems is [ConfigurationProblem first, ..])
        {
            string more = Problems.Length == 1 ? "" : $" (the first of {Problems.Length} problems: firstline config check {path})";
            throw new OperatorStartException($"{path}:{first.Line}:{first.Column}: {first.Message}{more}");
        }

        return Settings.Aggregate(options, static (o, given) => given.ApplyTo(o));
    }
}
