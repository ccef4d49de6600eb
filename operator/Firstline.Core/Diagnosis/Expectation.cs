namespace Firstline.Core.Diagnosis;

/// <summary>What puts a hypothesis to the test, in words that hold wherever its rule speaks.</summary>
/// <param name="Prediction">What will be seen if it is so, or after its remedy.</param>
/// <param name="Refutation">What would refute it.</param>
internal sealed record Expectation(string Prediction, string Refutation);
