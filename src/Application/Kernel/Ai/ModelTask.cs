using System.Text.Json;
using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Ai;

/// <summary>Something a model can be asked, with the type of its answer.</summary>
/// <typeparam name="TReply">The answer, checked and typed.</typeparam>
public abstract record ModelTask<TReply>
    where TReply : class
{
    /// <summary>The name of the task and of its reply's schema: at most 64 of letters, digits, <c>_</c> and <c>-</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the model is to do.</summary>
    public abstract string Instructions { get; }

    /// <summary>What stands before the pages, such as the account number; empty for nothing.</summary>
    public abstract string Preface { get; }

    /// <summary>The reply's form, a JSON Schema.</summary>
    public abstract string ReplySchema { get; }

    /// <summary>The pages or bands to work on; may be empty for a task without pages.</summary>
    public abstract ValueList<ModelSection> Sections { get; }

    /// <summary>How long the reply will be, in tokens; the longest reply that is paid for follows from it.</summary>
    public abstract int ForecastOutputTokens { get; }

    /// <summary>
    /// Whether a reply keeps the outline, so that it need never be asked for again. Runs before a paid reply is durable, so it must be quick: a crash meanwhile
    /// would pay twice. Everything else is for <see cref="Read"/>.
    /// </summary>
    /// <returns>Null for a good reply; otherwise in one sentence, for the model, what is wrong.</returns>
    public virtual Error? Check(JsonElement reply) => Read(reply, static page => page).Error;

    /// <summary>Checks and types a reply; accepts every reply that <see cref="Check"/> accepts.</summary>
    /// <param name="reply">The reply's JSON.</param>
    /// <param name="pageOf">Turns a page number in the reply into one of the document; null for a number that was not sent.</param>
    /// <returns>The answer; an <see cref="ErrorKind.Rejected"/> error says in one sentence, for the model, what is wrong.</returns>
    public abstract Result<TReply> Read(JsonElement reply, Func<int, int?> pageOf);

    /// <summary>The answer by rules, without a model; null when there are none for it.</summary>
    public abstract TReply? AnswerByRules();
}
