using System.Text.Encodings.Web;
using Idp.Api.Kernel.Json;
using Idp.Application.Kernel;
using Microsoft.AspNetCore.Authorization;

namespace Idp.Api.Kernel.Access;

/// <summary>Decides who gets in: every request needs somebody in the role that its endpoint names, else in the role that goes with its method.</summary>
internal static class AccessServices
{
    /// <summary>Adds authentication and authorization; <see cref="AccessKeys"/> must be registered too.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<AccessPasses>();

        // The core alone: the rest is for data protection, which wants a place for its keys. Passes need none.
        services.AddAuthenticationCore(static options =>
        {
            options.DefaultScheme = KeyAuthentication.SchemeName;
            options.AddScheme<KeyAuthentication>(KeyAuthentication.SchemeName, displayName: null);
        });
        services.AddSingleton(UrlEncoder.Default);
        services.AddAuthorization(static options =>
        {
            // Holds for whatever says nothing itself: forgotten endpoints, static files and unknown paths are closed too.
            options.FallbackPolicy = new AuthorizationPolicyBuilder()
                .RequireAuthenticatedUser()
                .RequireAssertion(static context => context.Resource is HttpContext http && context.User.IsInRole(RoleFor(http.Request.Method).Print()))
                .Build();
            foreach (var role in Enum.GetValues<Role>())
            {
                options.AddPolicy(role.Print(), policy => policy.RequireRole(role.Print()));
            }
        });

        // The audit trail names who was let in.
        services.AddHttpContextAccessor();
        services.AddScoped(static provider =>
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.User.Identity?.Name is { } name ? new Actor(name) : Actor.Local);
        return services;
    }

    /// <summary>Says that an endpoint needs another role than the one that goes with its method.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Role role)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(role.Print());

    /// <summary>Reading is for everybody, changing for operators.</summary>
    public static Role RoleFor(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? Role.Viewer : Role.Operator;
}
