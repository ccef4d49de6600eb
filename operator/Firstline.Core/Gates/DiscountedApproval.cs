namespace Firstline.Core.Gates;

/// <summary>An approval that was given and does not count.</summary>
/// <param name="User">Who gave it.</param>
/// <param name="Reason">One of <see cref="GateReasons"/>.</param>
/// <param name="Message">Why, as half a sentence.</param>
public sealed record DiscountedApproval(string User, string Reason, string Message);
