using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Sends small calls through journal and budget, and past cache, retries and gate.</summary>
/// <param name="completion">Journal → budget → HTTP.</param>
/// <param name="identity">Who is measured.</param>
/// <param name="clock">Time.</param>
internal sealed class ModelProbe(IModelCompletion completion, ModelIdentity identity, TimeProvider clock) : IModelProbe
{
    private const string Subject = "probe";
    private const int OutputTokens = 64;

    /// <inheritdoc />
    public ModelIdentity Identity => identity;

    /// <inheritdoc />
    public async Task<Result<TimeSpan>> CallAsync(string name, CancellationToken ct)
    {
        var request = new ModelRequest(
            Subject, "Task: probe\nAnswer with the JSON object that the message asks for.", $"Answer with {{\"probe\":\"{name}\"}}.",
            """{"type":"object","properties":{"probe":{"type":"string"}},"required":["probe"],"additionalProperties":false}""", OutputTokens, [])
        {
            IsAnsweredBy = static _ => true,
        };
        var begin = clock.GetTimestamp();
        var reply = await completion.CompleteAsync(new ModelCall(request, new CallContext(Subject, Priority.Normal, [])), ct);
        return reply.IsSuccess ? clock.GetElapsedTime(begin) : reply.Error;
    }
}

/// <summary>The innermost step where nothing paces the calls.</summary>
internal sealed class UngatedCompletion(IModelTransport transport) : IModelCompletion
{
    /// <inheritdoc />
    public Task<Result<ModelReply>> CompleteAsync(ModelCall call, CancellationToken ct) =>
        call.Tries.RunAsync(async token => (await transport.SendAsync(call, token)).Outcome, ct);
}

/// <summary>Stands in where there is no model to probe.</summary>
internal sealed class OfflineProbe : IModelProbe
{
    /// <inheritdoc />
    public ModelIdentity Identity => ModelIdentity.Offline;

    /// <inheritdoc />
    public Task<Result<TimeSpan>> CallAsync(string name, CancellationToken ct) => Task.FromResult<Result<TimeSpan>>(ModelErrors.NoRules("probe"));
}
