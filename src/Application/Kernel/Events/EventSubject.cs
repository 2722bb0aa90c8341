namespace Idp.Application.Kernel.Events;

/// <summary>A subject as the data of events names it: the one id that it is is set.</summary>
/// <param name="DocumentId">A document.</param>
/// <param name="BatchId">A batch.</param>
/// <param name="JobId">A job.</param>
/// <param name="CompanyId">A company of a job.</param>
/// <param name="Other">Anything else.</param>
internal readonly record struct EventSubject(string? DocumentId, string? BatchId, string? JobId, string? CompanyId, string? Other)
{
    /// <summary>Reads a printed id.</summary>
    public static EventSubject Of(string subject) => subject.Split('_')[0] switch
    {
        "doc" => new EventSubject(subject, null, null, null, null),
        "bat" => new EventSubject(null, subject, null, null, null),
        "job" => new EventSubject(null, null, subject, null, null),
        "cmp" => new EventSubject(null, null, null, subject, null),
        _ => new EventSubject(null, null, null, null, subject),
    };
}
