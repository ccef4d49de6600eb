namespace Firstline.DevServer.Http.Responses;

/// <summary>What clients may ask objects to be shown as.</summary>
internal enum ResponseForm
{
    /// <summary>Objects themselves.</summary>
    Json,

    /// <summary>A <c>meta.k8s.io/v1</c> Table.</summary>
    Table,

    /// <summary><c>PartialObjectMetadata</c>: metadata alone.</summary>
    Metadata,
}
