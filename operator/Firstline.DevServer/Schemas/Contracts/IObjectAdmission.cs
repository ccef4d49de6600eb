using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas.Contracts;

/// <summary>Decodes (prunes, defaults) and validates every object before it is stored.</summary>
internal interface IObjectAdmission
{
    /// <param name="kind">The object's kind.</param>
    /// <param name="before">The stored object on update, not to be changed; null on create.</param>
    /// <param name="after">The object to be stored, with its metadata filled in; the implementation may change it and return it.</param>
    /// <param name="fieldValidation">Whether unknown fields are collected.</param>
    /// <param name="subresource"><c>status</c> or <c>scale</c>; null for the main resource.</param>
    AdmissionResult Admit(KindDefinition kind, JsonObject? before, JsonObject after, FieldValidation fieldValidation, string? subresource);
}
