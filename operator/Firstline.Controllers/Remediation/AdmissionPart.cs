namespace Firstline.Controllers.Remediation;

/// <summary>What is kept of an admission policy or a binding.</summary>
/// <param name="Holds">True for one of this operator's own that says what is shipped, or more.</param>
internal sealed record AdmissionPart(bool Holds);
