using Idp.Simulators.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Idp.Simulators.Http;

/// <summary>The endpoint of the search provider.</summary>
internal static class SearchRoutes
{
    /// <summary>Maps <c>/search</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes, ProviderState state, CancellationToken stopping)
    {
        var pipeline = new RequestPipeline(state, new TavilyManner(), stopping);
        routes.MapPost("/search", context => pipeline.ServeAsync(context, "search", body => new SearchWork(body, state.Web, state.BillNow().Credits)));
    }
}
