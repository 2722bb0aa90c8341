using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Idp.Simulators.Http;

/// <summary>Sends JSON.</summary>
internal static class JsonReply
{
    /// <summary>Sends one node.</summary>
    public static Task WriteAsync(HttpContext context, int status, JsonNode body) =>
        WriteAsync(context, status, Encoding.UTF8.GetBytes(body.ToJsonString()));

    /// <summary>Sends ready bytes.</summary>
    public static async Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
