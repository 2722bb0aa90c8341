namespace Idp.Infrastructure.Kernel.Costs.Sql;

/// <summary>Statements about calls that are the same in both databases.</summary>
internal static class CallSql
{
    /// <summary>Reads what <see cref="CallRow"/> holds; a WHERE clause follows.</summary>
    public const string SelectRow = "SELECT id AS Id, subject AS Subject, batch AS Batch, state AS State, try_state AS TryState, held AS Held FROM calls";

    /// <summary>Adds an intent.</summary>
    public const string Begin = """
        INSERT INTO calls (
            id, key, task, provider, model, endpoint, subject, batch, pages, day, begun_at, state, owner, tries, try_state,
            held, possibly_paid, unanswered, cost, input_tokens, output_tokens, cached_input_tokens, estimated)
        VALUES (
            @Id, @Key, @Task, @Provider, @Model, @Endpoint, @Subject, @Batch, @Pages, @Day, @At, 'open', @Owner, 0, 'none',
            0, 0, 0, 0, 0, 0, 0, 0)
        """;

    /// <summary>Adds a budget that a call counts against.</summary>
    public const string AddScope = "INSERT INTO call_scopes (call_id, scope) VALUES (@Id, @Scope)";

    /// <summary>Ends a call with an answer.</summary>
    public const string Answer = """
        UPDATE calls SET state = 'answered', try_state = 'none', held = 0, cost = @Cost, input_tokens = @InputTokens, output_tokens = @OutputTokens,
            cached_input_tokens = @CachedInputTokens, estimated = @Estimated, error = NULL, ended_at = @Now
        WHERE id = @Id
        """;

    /// <summary>Ends a call without an answer.</summary>
    public const string Fail = "UPDATE calls SET state = 'failed', error = @Error, ended_at = @Now WHERE id = @Id";

    /// <summary>Ends a call whose process died.</summary>
    public const string Abandon = "UPDATE calls SET state = 'abandoned', error = 'process.ended', ended_at = @Now WHERE id = @Id";

    /// <summary>Erases what a subject's calls brought.</summary>
    public const string Forget = """
        DELETE FROM call_sections WHERE call_id IN (SELECT id FROM calls WHERE subject = @Subject);
        DELETE FROM call_replies WHERE call_id IN (SELECT id FROM calls WHERE subject = @Subject);
        """;

    /// <summary>Begins a try with a reservation.</summary>
    public const string Hold = "UPDATE calls SET try_state = 'reserved', held = @Held, tries = tries + 1 WHERE id = @Id";

    /// <summary>Marks a try as sent.</summary>
    public const string Send = "UPDATE calls SET try_state = 'sent', sent_at = @Now WHERE id = @Id AND try_state = 'reserved'";

    /// <summary>Ends a try that costs nothing.</summary>
    public const string ToNone = "UPDATE calls SET try_state = 'none', held = 0 WHERE id = @Id";

    /// <summary>Ends a try that was sent and never answered.</summary>
    public const string ToPaid = """
        UPDATE calls SET try_state = 'none', held = 0, possibly_paid = possibly_paid + held, unanswered = unanswered + 1 WHERE id = @Id
        """;

    /// <summary>The processes that have calls under way.</summary>
    public const string ListOwners = "SELECT DISTINCT owner FROM calls WHERE state = 'open'";

    /// <summary>The processes that have an equal request under way.</summary>
    public const string ListOwnersOf = "SELECT DISTINCT owner FROM calls WHERE key = @Key AND state = 'open'";

    /// <summary>Records a run's pages over those that it recorded before.</summary>
    public const string RecordPages = """
        INSERT INTO pages_read (subject, run, model, batch, day, pages) VALUES (@Subject, @Run, @Model, @Batch, @Day, @Pages)
        ON CONFLICT (subject, run) DO UPDATE SET
            model = excluded.model, batch = excluded.batch, day = excluded.day, pages = excluded.pages
        """;

    /// <summary>Sets a scope's own cap, over one that it has.</summary>
    public const string SetCap = "INSERT INTO budget_caps (scope, cap) VALUES (@Scope, @Cap) ON CONFLICT (scope) DO UPDATE SET cap = excluded.cap";

    /// <summary>Sets a scope's own cap only where it has none.</summary>
    public const string EnsureCap = "INSERT INTO budget_caps (scope, cap) VALUES (@Scope, @Cap) ON CONFLICT (scope) DO NOTHING";
}
