namespace Firstline.Core.Diagnosis.Models;

/// <summary>Why something of a model's answer was left out.</summary>
internal enum AnswerFault
{
    /// <summary>A field that the schema does not have.</summary>
    UnknownField,

    /// <summary>A field is missing or of another type.</summary>
    WrongShape,

    /// <summary>A cause that is not of the taxonomy.</summary>
    UnknownCause,

    /// <summary>A confidence outside of 0 to 100.</summary>
    BadConfidence,

    /// <summary>An object that nothing has shown.</summary>
    UnknownResource,

    /// <summary>A runbook that is not declared for that cause.</summary>
    UnknownRunbook,

    /// <summary>A citation of evidence that does not exist.</summary>
    UnknownEvidence,

    /// <summary>A quote that does not stand in the evidence.</summary>
    QuoteNotFound,

    /// <summary>A hypothesis with no citation left that speaks for it.</summary>
    NothingCited,

    /// <summary>A text that is empty, or longer than anybody would read.</summary>
    BadLength,

    /// <summary>A text to be shown that gives orders to its reader, or hides something.</summary>
    GivesOrders,

    /// <summary>A text with a command: people type what they are shown, and only the next step is held to reading.</summary>
    NamesCommand,

    /// <summary>A text with an address: who follows it tells others what was read here.</summary>
    NamesAddress,

    /// <summary>A next step that is more than one kubectl command that only reads.</summary>
    UnsafeStep,

    /// <summary>More hypotheses than are taken.</summary>
    TooMany,
}
