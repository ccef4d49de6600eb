namespace Firstline.Host.Configuration;

/// <summary>What is wrong in a configuration file, and where.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong and what to do, in one sentence.</param>
public sealed record ConfigurationProblem(long Line, long Column, string Message);
