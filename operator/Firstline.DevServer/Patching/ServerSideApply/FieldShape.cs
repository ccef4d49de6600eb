namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>How ownership looks at a value: as a whole, or by its parts.</summary>
internal enum FieldShape
{
    /// <summary>Scalars, atomic lists and maps: owned as a whole.</summary>
    Leaf,

    /// <summary>Owned field by field.</summary>
    Map,

    /// <summary>Items are found by merge keys.</summary>
    KeyedList,

    /// <summary>Items are their own keys.</summary>
    Set,
}
