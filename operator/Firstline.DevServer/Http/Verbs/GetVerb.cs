using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Reading;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>Answers with one object.</summary>
internal sealed class GetVerb(ObjectStore store, Responder responder) : IVerb
{
    public Task HandleAsync(ApiRequest request)
    {
        ListOptions.CheckVersionOfGet(request);
        return responder.SendObjectAsync(request, 200, store.Find(request.Key) ?? throw ApiErrors.NotFound(request.Kind, request.Name));
    }
}
