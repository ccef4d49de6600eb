namespace Firstline.DevServer.Patching;

/// <summary>Whose fault it is that a patch does not apply.</summary>
internal enum PatchFailure
{
    /// <summary>The patch itself has a wrong form: 400.</summary>
    Malformed,

    /// <summary>A directive or a list item of a strategic merge patch makes no sense: 500, as on a real server.</summary>
    Unusable,

    /// <summary>The patch is well formed but does not fit the object (a failing test, a path that does not exist): 422.</summary>
    DoesNotApply,
}
