namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>What it means that a field is missing in an object.</summary>
internal enum FieldPresence
{
    /// <summary>It is not there: custom resources.</summary>
    AsWritten,

    /// <summary>Some fields of built-in kinds are never absent, only empty: adding the first part of such a field does not add the field.</summary>
    Typed,
}
