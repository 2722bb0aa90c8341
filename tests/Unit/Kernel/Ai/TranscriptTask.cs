using System.Text.Json;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Kernel.Ai;

/// <summary>Asks for the text of pages: the simplest task that has pages.</summary>
public sealed record TranscriptTask(ValueList<ModelSection> Sections) : ModelTask<Transcript>
{
    public override string Name => "transcript";

    public override string Instructions => "Repeat each page.";

    public override string Preface => "Account 4711";

    public override string ReplySchema =>
        """{"type":"object","properties":{"pages":{"type":"array","items":{"type":"object"}}},"required":["pages"],"additionalProperties":false}""";

    public override ValueList<ModelSection> Sections { get; } = Sections;

    public override int ForecastOutputTokens => Forecast;

    /// <summary>The forecast.</summary>
    public int Forecast { get; init; } = 100;

    /// <summary>What the rules say.</summary>
    public Transcript? ByRules { get; init; }

    /// <summary>A task about pages whose text is their key.</summary>
    public static TranscriptTask Of(params (int Page, string Text)[] pages) =>
        new(pages.Select(static page => new ModelSection(page.Page, page.Text, "key of " + page.Text)).ToValueList());

    /// <summary>The reply that answers pages as the task wants it.</summary>
    public static string Reply(params (int Page, string Text)[] pages) =>
        $$"""{"pages":[{{string.Join(',', pages.Select(static page => $$"""{"page":{{page.Page}},"text":"{{page.Text}}"}"""))}}]}""";

    /// <summary>A call on behalf of a document.</summary>
    public static CallContext For(string subject) => new(subject, Priority.Normal, [BudgetScope.Of(subject)]);

    public override Result<Transcript> Read(JsonElement reply, Func<int, int?> pageOf)
    {
        if (!reply.TryGetProperty("pages", out var pages) || pages.ValueKind is not JsonValueKind.Array)
        {
            return new Error(ErrorKind.Rejected, "transcript.no-pages", "There is no list 'pages'.");
        }

        var read = pages.EnumerateArray()
            .Select(page => (Page: pageOf(page.GetProperty("page").GetInt32()), Text: page.GetProperty("text").GetString()!)).ToList();
        return read.Exists(static page => page.Page is null)
            ? new Error(ErrorKind.Rejected, "transcript.unknown-page", "It names a page that was not sent.")
            : new Transcript(read.Select(static page => $"{page.Page}: {page.Text}").ToValueList());
    }

    public override Transcript? AnswerByRules() => ByRules;
}

/// <summary>The text of pages: <c>3: text</c>.</summary>
public sealed record Transcript(ValueList<string> Pages);
