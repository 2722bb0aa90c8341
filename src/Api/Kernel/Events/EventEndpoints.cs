using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Idp.Api.Kernel.Events;

/// <summary>The route of all events, and how other routes describe theirs.</summary>
internal static class EventEndpoints
{
    /// <summary>The header in which a client that reconnects says where it was.</summary>
    public const string LastEventIdHeader = "Last-Event-ID";

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/events", static (string? after, [FromHeader(Name = LastEventIdHeader)] string? lastEventId, IMediator mediator) =>
            new EventStream(new EverythingTopic(mediator), lastEventId, after))
        .WithTags("events")
        .DescribesEvents("streamEvents", "Everything that happens, as Server-Sent Events; first a snapshot of the processor. Does not end by itself.");

    /// <summary>Describes an endpoint that answers with an <see cref="EventStream"/>.</summary>
    public static RouteHandlerBuilder DescribesEvents(this RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .Describes(name, summary, typeof(string), EventStream.ContentType, StatusCodes.Status200OK)
        .WithMetadata(new TakesTicket())
        .WithDescription(
            "Each event has `id`, `event` and one JSON object as `data`. Without `after` and `Last-Event-ID` the stream begins with a `snapshot`; with one of them (the header goes "
            + "first) it goes on after that id, and `after=0` replays everything. A comment comes every 15 seconds. A stream about one thing ends with `done` when nothing more will happen to it. "
            + "`ticket` takes a ticket of `POST /v1/tickets` in place of a key.");
}
