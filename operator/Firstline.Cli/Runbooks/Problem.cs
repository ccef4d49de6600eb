namespace Firstline.Cli.Runbooks;

/// <summary>One thing that is wrong in a file.</summary>
/// <param name="Line">Line, counted from 1.</param>
/// <param name="Column">Column, counted from 1.</param>
/// <param name="Message">Path of the field and what is wrong with it, in one sentence.</param>
internal sealed record Problem(long Line, long Column, string Message);
