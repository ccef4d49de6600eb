namespace Firstline.Faults;

/// <summary>What happens to a connection with all that is under way on it.</summary>
internal enum ConnectionFault
{
    None,

    /// <summary>It breaks.</summary>
    Reset,

    /// <summary>No byte comes or goes any more, and nobody closes it.</summary>
    Silent,
}
