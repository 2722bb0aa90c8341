using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Http;

/// <summary>Lets a route match only where its segment is a document's id, so that anything else is a path that does not exist.</summary>
internal sealed class DocumentIdConstraint : IRouteConstraint
{
    /// <summary>The name in route patterns.</summary>
    public const string Name = "document";

    /// <inheritdoc />
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && StrongId.TryParse<DocumentId>(value as string ?? value?.ToString(), out _);
}
