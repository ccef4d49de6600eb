using System.Collections.Immutable;

namespace Firstline.Host.Http;

/// <summary>Finds the route of a request by its path; a wrong path or method is answered in one sentence.</summary>
internal sealed class RouteTable(ImmutableArray<HttpRoute> routes)
{
    public Task HandleAsync(HttpContext context)
    {
        ImmutableArray<HttpRoute> here = [.. routes.Where(r => r.Serves(context.Request.Path))];
        if (here.IsEmpty)
        {
            string served = string.Join(", ", routes.Select(static r => $"{r.Method} {r.Path}{(r.Path.EndsWith('/') ? "NAME" : "")}"));
            return context.RefuseAsync(StatusCodes.Status404NotFound, $"there is nothing at this path; served are: {served}");
        }

        HttpRoute? route = here.FirstOrDefault(r => Accepts(r, context.Request.Method));
        return route is null ? RefuseMethodAsync(context, here) : route.Handler(context);
    }

    private static bool Accepts(HttpRoute route, string method) => route.Method == method || (route.Method == "GET" && method == "HEAD");

    private static Task RefuseMethodAsync(HttpContext context, ImmutableArray<HttpRoute> here)
    {
        string allowed = string.Join(", ", here.Select(static r => r.Method));
        context.Response.Headers.Allow = allowed;
        return context.RefuseAsync(StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} takes {allowed}");
    }
}
