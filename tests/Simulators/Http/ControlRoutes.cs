using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Idp.Simulators.Truth;
using Idp.Simulators.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Idp.Simulators.Http;

/// <summary>The endpoints that watch and change the simulator itself.</summary>
internal static class ControlRoutes
{
    /// <summary>Maps <c>/simulator/*</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes, ProviderState state)
    {
        routes.MapGet("/simulator/bill", context => Send(context, JsonSerializer.Serialize(state.BillNow(), SimulatorJson.Default.BillSnapshot)));
        routes.MapGet("/simulator/requests", context => Send(context, JsonSerializer.Serialize(state.Log.Snapshot(), SimulatorJson.Default.IReadOnlyListRequestRecord)));
        routes.MapGet("/simulator/options", context => Send(context, OptionsPatch.ToJson(state.Options).ToJsonString()));
        routes.MapPut("/simulator/options", context => ChangeAsync(context, body =>
        {
            var patch = body as JsonObject ?? throw new JsonException("The settings must be a JSON object.");
            return OptionsPatch.ToJson(state.Change(options => OptionsPatch.Apply(options, patch)));
        }));
        routes.MapPut("/simulator/script", context => ChangeAsync(context, body =>
        {
            var faults = body.Deserialize(SimulatorJson.Default.IReadOnlyListFault) ?? [];
            state.Dice.Script(faults);
            return new JsonObject { ["scripted"] = faults.Count };
        }));
        routes.MapPut("/simulator/truth", context => ChangeAsync(context, body =>
        {
            var documents = TruthFormats.Read(body, "truth") ?? throw new JsonException("This is no ground truth of a known form.");
            state.Truth = new TruthLibrary(documents);
            return new JsonObject { ["documents"] = documents.Count };
        }));
        routes.MapPut("/simulator/web", context => ChangeAsync(context, body =>
        {
            var companies = WebFiles.Read(body);
            state.SetWeb(companies);
            return new JsonObject { ["companies"] = companies.Count };
        }));
        routes.MapPost("/simulator/reset", context =>
        {
            state.Reset();
            return Send(context, "{}");
        });
    }

    private static async Task ChangeAsync(HttpContext context, Func<JsonNode?, JsonNode> change)
    {
        JsonNode answer;
        try
        {
            answer = change(await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted));
        }
        catch (JsonException exception)
        {
            await JsonReply.WriteAsync(context, StatusCodes.Status400BadRequest, ProviderError.BadRequest(exception.Message).ToJson());
            return;
        }

        await JsonReply.WriteAsync(context, StatusCodes.Status200OK, answer);
    }

    private static Task Send(HttpContext context, string json) => JsonReply.WriteAsync(context, StatusCodes.Status200OK, Encoding.UTF8.GetBytes(json));
}
