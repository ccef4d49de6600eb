namespace Firstline.EndToEnd.Tests.RealServer.Attacks;

/// <summary>One attempt to have something run that nobody with the right to approve has approved.</summary>
/// <param name="Situation">What is tried, in words.</param>
/// <param name="Actor">User name; see <see cref="Castle"/> for who may do what.</param>
/// <param name="Arguments">The command line of kubectl.</param>
/// <param name="Words">What the refusal says.</param>
/// <param name="Input">What kubectl reads.</param>
internal sealed record Attack(string Situation, string Actor, string Arguments, string Words, string Input = "");
