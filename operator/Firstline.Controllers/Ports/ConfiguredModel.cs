using Firstline.Core.Diagnosis.Models;

namespace Firstline.Controllers.Ports;

/// <summary>The model that the operator's configuration names.</summary>
/// <param name="Diagnoser">Asks it.</param>
/// <param name="Limits">What it may cost.</param>
public sealed record ConfiguredModel(IDiagnoser Diagnoser, ModelLimits Limits);
