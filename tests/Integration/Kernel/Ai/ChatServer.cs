using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Idp.Integration.Kernel.Ai;

/// <summary>A server on a loopback port that answers chat requests as a test tells it to.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly Func<ChatQuestion, HttpContext, Task> _answer;

    private ChatServer(WebApplication host, Func<ChatQuestion, HttpContext, Task> answer) => (_host, _answer) = (host, answer);

    /// <summary>The base address for clients.</summary>
    public string BaseUrl => _host.Urls.First() + "/v1";

    /// <summary>Chat requests so far, in order.</summary>
    public ConcurrentQueue<ChatQuestion> Questions { get; } = new();

    /// <summary>Starts a server.</summary>
    public static async Task<ChatServer> StartAsync(Func<ChatQuestion, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1));
        var host = builder.Build();
        var server = new ChatServer(host, answer);
        host.Run(server.HandleAsync);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Answers with JSON.</summary>
    public static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, Encoding.UTF8, CancellationToken.None);
    }

    /// <summary>Answers with a completion.</summary>
    public static Task CompleteAsync(
        HttpContext context, string content, string finishReason = "stop", string usage = """{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110}""") =>
        WriteAsync(context, 200, $$$"""
            {"id":"x","object":"chat.completion","choices":[{"index":0,"finish_reason":"{{{finishReason}}}",
             "message":{"role":"assistant","content":{{{JsonSerializer.Serialize(content)}}},"refusal":null}}],"usage":{{{usage}}}}
            """);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        var question = new ChatQuestion(
            context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? string.Empty,
            context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
        if (context.Request.Path.Value!.EndsWith("/chat/completions", StringComparison.Ordinal))
        {
            Questions.Enqueue(question);
        }

        await _answer(question, context);
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record ChatQuestion(string Method, string Path, string Query, Dictionary<string, string> Headers, JsonElement Body)
{
    /// <summary>The type of the reply's form; null when none was asked for.</summary>
    public string? Format => Body.TryGetProperty("response_format", out var format) ? format.GetProperty("type").GetString() : null;

    /// <summary>The text of a message.</summary>
    public string Message(int index) => Body.GetProperty("messages")[index].GetProperty("content").GetString()!;

    /// <summary>True when the body has a member.</summary>
    public bool Has(string name) => Body.TryGetProperty(name, out _);

    /// <summary>The reply that answers every page with <c>text</c>.</summary>
    public string Transcript() => Idp.Unit.Kernel.Ai.TranscriptTask.Reply(
        [.. Message(1).Split('\n').Where(static line => line.StartsWith("[page ", StringComparison.Ordinal)).Select(static line => (int.Parse(line[6..^1], System.Globalization.CultureInfo.InvariantCulture), "text"))]);
}
