using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Idp.Api.Kernel.Access;

/// <summary>Tells readers of the OpenAPI description how to send a key, and which endpoints want one.</summary>
internal static class AccessDescription
{
    private const string SchemeName = "bearer";

    /// <summary>Adds it, where there are keys.</summary>
    public static void DescribeAccess(this OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, context, _) =>
        {
            if (AreKeysSet(context.ApplicationServices))
            {
                document.AddComponent<IOpenApiSecurityScheme>(SchemeName, new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "An API key of the service (`AUTH__KEYS`). Viewers may read, operators may also change, administrators may do everything.",
                });
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            var isOpen = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();
            if (!isOpen && AreKeysSet(context.ApplicationServices))
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, context.Document)] = [] }];
            }

            return Task.CompletedTask;
        });
    }

    private static bool AreKeysSet(IServiceProvider services) => services.GetRequiredService<AccessKeys>().AreSet;
}
