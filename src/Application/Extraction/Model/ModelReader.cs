using System.Text.Json;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>What a model read of some pages, and what it could not.</summary>
/// <param name="Reading">What was read.</param>
/// <param name="Failures">Sections without an answer, each with the reason.</param>
internal sealed record ModelOutcome(AccountReading Reading, ValueList<SectionFailure> Failures)
{
    /// <summary>Nothing read, nothing failed.</summary>
    public static ModelOutcome Nothing { get; } = new(AccountReading.Nothing, []);

    /// <summary>Both outcomes.</summary>
    public ModelOutcome With(ModelOutcome other) => new(Reading.With(other.Reading), [.. Failures, .. other.Failures]);
}

/// <summary>A page that a model did not answer for.</summary>
/// <param name="Page">The page.</param>
/// <param name="Error">Why.</param>
internal sealed record SectionFailure(int Page, Error Error);

/// <summary>Gets sections of an account read by the model: what was ever answered is not asked again, and what is too large is asked in halves.</summary>
internal sealed class ModelReader(ILanguageModel model, ICallJournal journal, SectionFlights flights)
{
    /// <summary>Reads sections that belong into one call, in as many calls as it takes.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<ModelOutcome> ReadAsync(AccountToRead account, IReadOnlyList<PageSection> sections, CallContext context, CancellationToken ct)
    {
        var outcome = ModelOutcome.Nothing;
        var open = sections;
        while (open.Count > 0)
        {
            var claim = flights.Claim(open);
            using (claim)
            {
                // Looked up under the claim: whoever answered a section before has let go of it by now.
                var known = await journal.FindSectionsAsync([.. claim.Owned.Select(section => section.Key)], ct);
                var unknown = claim.Owned.Where(section => !known.ContainsKey(section.Key)).ToList();
                foreach (var section in claim.Owned.Where(section => known.ContainsKey(section.Key)))
                {
                    outcome = outcome.With(new ModelOutcome(Recall(account, section, known[section.Key]), []));
                }

                if (unknown.Count > 0)
                {
                    outcome = outcome.With(await AskAsync(account, unknown, context, ct));
                }
            }

            open = [.. open.Where(section => !claim.Owned.Contains(section, ReferenceEqualityComparer.Instance))];
            await claim.WaitForOthersAsync(ct);
        }

        return outcome;
    }

    private async Task<ModelOutcome> AskAsync(AccountToRead account, List<PageSection> sections, CallContext context, CancellationToken ct)
    {
        var answer = await model.AskAsync(new ExtractionTask(account, sections.ToValueList()), context, ct);
        if (answer.IsSuccess)
        {
            return new ModelOutcome(answer.Value.Value, []);
        }

        if (answer.Error.Kind is ErrorKind.TooLarge && sections.Count > 1)
        {
            var half = sections.Count / 2;
            return Together(await Task.WhenAll(AskAsync(account, sections[..half], context, ct), AskAsync(account, sections[half..], context, ct)));
        }

        // The bands of a page are sections of their own: they may have been answered before a crash.
        var bands = answer.Error.Kind is ErrorKind.TooLarge ? account.Halve(sections[0]) : [];
        return bands.Count > 0
            ? Together(await Task.WhenAll(bands.Select(band => ReadAsync(account, [band], context, ct))))
            : new ModelOutcome(
                AccountReading.Nothing, sections.Select(section => section.Page).Distinct().Select(page => new SectionFailure(page, answer.Error)).ToValueList());
    }

    private static ModelOutcome Together(IEnumerable<ModelOutcome> outcomes) => outcomes.Aggregate((first, second) => first.With(second));

    /// <summary>What an earlier call said of a section, perhaps for another document in which the page has another number.</summary>
    private static AccountReading Recall(AccountToRead account, PageSection section, AnsweredSection answered)
    {
        var json = ModelJson.Find(answered.Reply.Content)
            ?? throw new JsonException("The journal holds a reply as whole that is no JSON.");
        return ExtractionReply.Read(json).Match(
            reply => account.Align(reply.ForSection(answered.Reply.Pages, answered.Index, section.Page), [section]),
            error => throw new JsonException($"The journal holds a reply as whole that is none: {error.Message}"));
    }
}
