namespace Firstline.Core.Diagnosis.Models;

/// <summary>Something that a model may look up while it thinks. All of them only read.</summary>
/// <param name="Name">Name that the model calls it by.</param>
/// <param name="Description">What it gives, for the model.</param>
/// <param name="ParametersSchema">JSON Schema of its arguments.</param>
public sealed record ModelTool(string Name, string Description, string ParametersSchema);
