namespace Firstline.Measure;

/// <summary>One line of the table.</summary>
/// <param name="Question">What was measured.</param>
/// <param name="Measured">What it is now.</param>
/// <param name="Target">What it should be.</param>
/// <param name="IsMet">Whether the target is met; null where nobody counts it by machine.</param>
internal sealed record Row(string Question, string Measured, string Target, bool? IsMet);
