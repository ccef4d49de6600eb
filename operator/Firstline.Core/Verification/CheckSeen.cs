namespace Firstline.Core.Verification;

/// <summary>One check as it is seen now.</summary>
/// <param name="Name">Name of the check, as in the record.</param>
/// <param name="Holds">Whether it holds; null when that can't be told, which is never taken as success.</param>
/// <param name="Message">What was seen, in one sentence.</param>
internal sealed record CheckSeen(string Name, bool? Holds, string Message);
