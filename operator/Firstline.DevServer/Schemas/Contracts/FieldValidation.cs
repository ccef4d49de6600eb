namespace Firstline.DevServer.Schemas.Contracts;

/// <summary>What a write does with fields that the schema does not know (<c>fieldValidation</c> of a request).</summary>
internal enum FieldValidation
{
    /// <summary>Drops them and says nothing.</summary>
    Ignore,

    /// <summary>Drops them and adds a Warning header for each; the server's default.</summary>
    Warn,

    /// <summary>Refuses the write with 400.</summary>
    Strict,
}
