using System.Text.Json.Nodes;
using Idp.Simulators.Embeddings;
using Idp.Simulators.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Idp.Simulators.Http;

/// <summary>The endpoints of the provider.</summary>
internal static class ModelRoutes
{
    private const string DefaultModel = "simulated-model";

    /// <summary>Maps <c>/v1/chat/completions</c>, <c>/v1/embeddings</c> and <c>/v1/models</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes, ProviderState state, CancellationToken stopping)
    {
        var pipeline = new RequestPipeline(state, new OpenAiManner(), stopping);
        routes.MapPost("/v1/chat/completions", context => pipeline.ServeAsync(context, "chat", body => new ChatWork(ChatRequest.Read(body), state.Truth, state.Web)));
        routes.MapPost("/v1/embeddings", context => pipeline.ServeAsync(context, "embeddings", static body => new EmbeddingWork(body)));
        routes.MapGet("/v1/models", context => JsonReply.WriteAsync(context, StatusCodes.Status200OK, Models(state)));
    }

    private static JsonObject Models(ProviderState state)
    {
        IEnumerable<string> names = state.Options.Models.Count > 0 ? state.Options.Models : [DefaultModel];
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. names.Select(static name => (JsonNode)new JsonObject { ["id"] = name, ["object"] = "model", ["created"] = 0, ["owned_by"] = "simulator" })]),
        };
    }
}
