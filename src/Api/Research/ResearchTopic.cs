using System.Text.Json;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Json;
using Idp.Application.Kernel.Events;
using Idp.Application.Research;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;

namespace Idp.Api.Research;

/// <summary>The events of one job and of its companies.</summary>
internal sealed class ResearchTopic(JobId id, IMediator mediator, TimeProvider clock) : IEventTopic
{
    /// <summary>Ends before this were of earlier runs of the job; it is at work again.</summary>
    private DateTimeOffset _runSince = DateTimeOffset.MinValue;

    /// <inheritdoc />
    public string Subject { get; } = id.ToString();

    /// <inheritdoc />
    public async Task<Result<TopicState>> ReadAsync(CancellationToken ct)
    {
        var found = await mediator.Send(new GetResearchJob(id), ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var job = found.Value.Standing.Job;
        _runSince = job.HasEnded ? DateTimeOffset.MinValue : job.UpdatedAt;
        return new TopicState(
            JsonSerializer.Serialize(JobBody.From(found.Value, clock.GetUtcNow()), ApiJson.Relaxed.JobBody), job.HasEnded ? job.Status.Print() : null);
    }

    /// <inheritdoc />
    public string? RestsAfter(LoggedEvent logged, string? before) => logged.Name switch
    {
        "job_completed" => logged.At < _runSince ? null : StatusIn(logged.Data),
        _ => before,
    };

    /// <inheritdoc />
    public string DoneData(string status) => JsonSerializer.Serialize(new DoneBody(status) { JobId = Subject }, ApiJson.Relaxed.DoneBody);

    private static string? StatusIn(string data)
    {
        using var parsed = JsonDocument.Parse(data);
        return parsed.RootElement.GetProperty("status").GetString();
    }
}
