using System.Diagnostics.CodeAnalysis;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Ai.OpenAi;
using Idp.Infrastructure.Kernel.Costs;
using Idp.Infrastructure.Kernel.Costs.Sqlite;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>
/// Goes once through everything that stands between a reply's last byte and the journal, with an invented reply and a database that is thrown away. Otherwise the
/// first replies, which are paid, would wait in memory for the compiler: whoever kills the process then loses them.
/// </summary>
internal sealed class CallRehearsal(ProcessIdentity node, ModelIdentity model, TimeProvider clock, ILogger<CallRehearsal> logger) : IWarmedUp
{
    private const string Subject = "rehearsal";

    private static ReadOnlySpan<byte> Body =>
        """
        {"choices":[{"message":{"role":"assistant","content":"{\"fields\":[]}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3}}
        """u8;

    /// <inheritdoc />
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A rehearsal that fails must not stop the service; it is logged.")]
    public async Task WarmUpAsync(CancellationToken ct)
    {
        try
        {
            var begin = clock.GetTimestamp();
            var folder = Directory.CreateTempSubdirectory("idp-rehearsal-");
            try
            {
                await RehearseAsync(Path.Combine(folder.FullName, "calls.db"), ct);
            }
            finally
            {
                folder.Delete(recursive: true);
            }

            logger.Rehearsed((long)clock.GetElapsedTime(begin).TotalMilliseconds);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.RehearsalFailed(exception);
        }
    }

    private async Task RehearseAsync(string path, CancellationToken ct)
    {
        using var database = new SqliteDatabase(new DatabaseOptions { ConnectionString = path }, clock);
        var signal = new SettlementSignal(clock);
        var journal = new SqliteCallJournal(database, node, signal, clock);
        var ledger = new SqliteCostLedger(database, node, new BudgetOptions(), signal, clock);
        var request = new ModelRequest(Subject, string.Empty, string.Empty, "{}", 1, [new ModelSection(1, string.Empty, Subject)])
        {
            IsAnsweredBy = static reply => ModelJson.Find(reply.Content) is not null,
        };
        var (id, now, key) = (StrongId.New<CallId>(clock), clock.GetUtcNow(), request.KeyFor(model));
        await journal.FindReplyAsync(key, string.Empty, ct);
        await journal.BeginAsync(new CallIntent(id, key, Subject, model, Subject, Batch: null, [BudgetScope.Of(Subject), BudgetScope.Day(now)], [1], now), ct);
        await ledger.ReserveAsync(id, new Money(1), ct);
        await ledger.MarkSentAsync(id, ct);
        if (ReplyReader.Read(Body, request) is { IsSuccess: true, Value: var reply } && request.IsAnsweredBy(reply))
        {
            await journal.CompleteAsync(id, reply, new Money(1), [Subject], ct);
        }
    }
}
