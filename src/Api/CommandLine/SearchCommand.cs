using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Idp.Api.Kernel.Json;
using Idp.Api.Retrieval;
using Idp.Application.Retrieval;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;

namespace Idp.Api.CommandLine;

/// <summary><c>search</c> and <c>ask</c>: find passages in the documents of this folder's store, with no server.</summary>
internal static class SearchCommand
{
    private const int ShownCharacters = 400;

    public static Command CreateSearch(IReadOnlyDictionary<string, string?> settings)
    {
        var query = new Argument<string[]>("QUERY") { Description = "Words; in quotes they must stand together, and a star ends the beginning of a word.", Arity = ArgumentArity.OneOrMore };
        var top = new Option<int>("--top") { Description = "How many passages.", HelpName = "N", DefaultValueFactory = static _ => 5 };
        var mode = ModeOption();
        var json = new Option<bool>("--json") { Description = "Prints the answer as JSON." };
        var command = new Command("search", "Finds the passages of all documents that fit a question best.") { query, top, mode, json };
        command.SetAction((parsed, ct) => RunAsync(
            new SearchDocuments(string.Join(' ', parsed.GetValue(query) ?? []), parsed.GetValue(top), parsed.GetValue(mode), SearchFilter.None),
            answer => parsed.GetValue(json) ? JsonSerializer.Serialize(SearchAnswerBody.From(answer), ApiJson.Relaxed.SearchAnswerBody) : Print(answer),
            static answer => answer.Hits.Count > 0, settings, ct));
        return command;
    }

    public static Command CreateAsk(IReadOnlyDictionary<string, string?> settings)
    {
        var question = new Argument<string[]>("QUESTION") { Description = "The question.", Arity = ArgumentArity.OneOrMore };
        var top = new Option<int>("--top") { Description = "From how many passages it is answered.", HelpName = "N", DefaultValueFactory = static _ => 8 };
        var mode = ModeOption();
        var json = new Option<bool>("--json") { Description = "Prints the answer as JSON." };
        var command = new Command("ask", "Answers a question from the documents, with citations, or says that they do not hold the answer.") { question, top, mode, json };
        command.SetAction((parsed, ct) => RunAsync(
            new AskDocuments(string.Join(' ', parsed.GetValue(question) ?? []), parsed.GetValue(top), SearchFilter.None) { Mode = parsed.GetValue(mode) },
            answer => parsed.GetValue(json) ? JsonSerializer.Serialize(AnswerBody.From(answer), ApiJson.Relaxed.AnswerBody) : Print(answer),
            static answer => answer.Answer.IsFound, settings, ct));
        return command;
    }

    private static Option<SearchMode> ModeOption() => new("--mode")
    {
        Description = "How passages are found: by their words, by what they mean, or by both as far as there are both.",
        HelpName = "lexical|vector|hybrid",
        DefaultValueFactory = static _ => SearchMode.Hybrid,
    };

    /// <summary>Answers, once the documents that were read a moment ago are searchable.</summary>
    private static async Task<int> RunAsync<T>(
        MediatR.IRequest<Result<T>> request, Func<T, string> print, Func<T, bool> isFound, IReadOnlyDictionary<string, string?> settings, CancellationToken ct)
    {
        await using var session = await LocalSession.StartAsync(settings, ct);
        await session.WaitForKnowledgeAsync(ct);
        var answer = await session.SendAsync(request, ct);
        if (!answer.IsSuccess)
        {
            await Console.Error.WriteLineAsync($"{answer.Error.Message} ({answer.Error.Code})");
            foreach (var fault in answer.Error.Fields)
            {
                await Console.Error.WriteLineAsync($"{fault.Field}: {fault.Message}");
            }

            return ExitCodes.Failed;
        }

        await Console.Out.WriteLineAsync(print(answer.Value));
        return isFound(answer.Value) ? ExitCodes.Completed : ExitCodes.Partial;
    }

    private static string Print(SearchAnswer answer) => answer.Hits.Count == 0
        ? "Nothing was found."
        : string.Join("\n\n", answer.Hits.Select(static (hit, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"{index + 1}. {hit.Passage.FileName}, {PagesOf(hit.Passage.Chunk.Pages)} ({hit.Score.Score:0.00}) {hit.Passage.DocumentId}\n{Shorten(hit.Passage.Chunk.Text)}")));

    private static string Print(DocumentsAnswer answer) => !answer.Answer.IsFound
        ? "Not found: the documents do not hold an answer."
        : answer.Answer.Text + "\n\n" + string.Join('\n', answer.Answer.Citations.Select(citation =>
        {
            var body = CitationBody.From(citation, answer.Passages[citation.Passage]);
            return $"- {body.FileName}, {PagesOf(body.Pages)}{(body.Supported ? string.Empty : ", not found there")}: \"{Shorten(body.Quote)}\"";
        }));

    private static string PagesOf(IReadOnlyList<int> pages) => (pages.Count == 1 ? "page " : "pages ") + string.Join(", ", pages);

    private static string Shorten(string text) => text.Length <= ShownCharacters ? text : text[..ShownCharacters] + " …";
}
