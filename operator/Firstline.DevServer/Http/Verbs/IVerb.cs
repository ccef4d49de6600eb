using Firstline.DevServer.Http.Requests;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>One thing that can be asked of a resource or a subresource.</summary>
internal interface IVerb
{
    /// <exception cref="Errors.ApiException">The request fails with this Status.</exception>
    Task HandleAsync(ApiRequest request);
}
