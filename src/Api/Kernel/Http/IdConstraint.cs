using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Http;

/// <summary>Lets a route match only where its segment is an id of the right kind, so that anything else is a path that does not exist.</summary>
/// <typeparam name="TId">The kind of id.</typeparam>
internal sealed class IdConstraint<TId> : IRouteConstraint
    where TId : struct, IStrongId<TId>
{
    /// <inheritdoc />
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && StrongId.TryParse<TId>(value as string ?? value?.ToString(), out _);
}
