namespace Firstline.Faults;

/// <summary>What happens to a request that is answered as a whole.</summary>
internal enum AnswerFault
{
    None,

    /// <summary>The answer to the same request from earlier.</summary>
    Stale,

    /// <summary>An answer of another status, without asking the server.</summary>
    Refused,

    /// <summary>The server acts, but its answer is lost with the connection.</summary>
    DoneButReset,

    /// <summary>The server acts, but the answer says 500.</summary>
    DoneButError,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    ResetInBody,

    /// <summary>The answer stops halfway, and the connection stays open.</summary>
    SilentInBody,
}
