namespace Firstline.Kube.Client;

/// <summary>What the server does with unknown and duplicate fields of a write.</summary>
public enum FieldValidation
{
    /// <summary>Refuses the write.</summary>
    Strict,

    /// <summary>Drops them and warns.</summary>
    Warn,

    /// <summary>Drops them.</summary>
    Ignore,
}
