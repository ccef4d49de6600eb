using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>What came of asking a model about an incident.</summary>
/// <param name="Record">The record of the question, complete.</param>
/// <param name="Hypotheses">All hypotheses of the incident, the rules' likeliest first.</param>
/// <param name="Evidence">All evidence of the incident.</param>
/// <param name="Message">What came of it, in one sentence.</param>
/// <param name="GaveOrders">True when something of the answer gave orders to its reader or hid something; it was left out.</param>
public sealed record ModelConclusion(
    ModelCallRecord Record, ImmutableArray<Hypothesis> Hypotheses, ImmutableArray<EvidenceItem> Evidence, string Message, bool GaveOrders);
