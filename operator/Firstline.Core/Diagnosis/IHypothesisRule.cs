using System.Collections.Immutable;

namespace Firstline.Core.Diagnosis;

/// <summary>Proposes causes. Pure: the same case gives the same drafts.</summary>
internal interface IHypothesisRule
{
    /// <summary>CamelCase name; shown as the origin of its hypotheses.</summary>
    string Name { get; }

    /// <summary>How its hypothesis of that cause can be put to the test.</summary>
    Expectation Expects(string cause);

    /// <summary>Judges one case; a draft without evidence is dropped.</summary>
    ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case);
}
