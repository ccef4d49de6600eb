namespace Firstline.Api.V1Alpha1;

/// <summary>What came of asking a model.</summary>
public enum ModelOutcome
{
    /// <summary>It is asked, and has not answered yet.</summary>
    Asked,

    /// <summary>Its answer was taken, as far as it could be checked.</summary>
    Answered,

    /// <summary>It answered in a way of which nothing can be taken.</summary>
    Refused,

    /// <summary>It gave no answer.</summary>
    Failed,

    /// <summary>The operator ended before the answer came; what it cost is not known.</summary>
    Interrupted,
}
