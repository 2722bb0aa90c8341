using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Extraction;

/// <summary>What every audit trail of reviews promises.</summary>
public abstract class ReviewRepositoryContract
{
    private static readonly ExtractedField Reading = new(
        "phone", FieldType.Phone, "(802) 555-0146", "802 555 O146", new Confidence(0.31), FieldStatus.Conflicting,
        [new Evidence(2, "802 555 O146", [new Box(0.5, 0.3, 0.1, 0.01)])], [new Alternative("(802) 555-0140", new Confidence(0.2), 4)]);

    protected ManualTimeProvider Clock { get; } = new();

    protected abstract IReviewRepository Repository { get; }

    protected abstract IEventLog Events { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_has_no_trail_at_first() => (await Repository.ListAsync(NewId(), Ct)).ShouldBeEmpty();

    [Fact]
    public async Task An_entry_comes_back_as_it_was_added()
    {
        var id = NewId();
        var full = Entry(id) with { Note = "Größe 'x'", PreviousValue = new FieldValue("before", "Key:"), Value = new FieldValue("after", "Key:") };
        var bare = Entry(id) with { Account = new ReviewedAccountKey(3, null), PreviousValue = null, IsFromMachine = false, IsMultiple = true, Action = ReviewAction.Added };

        await AppendAsync(id, full);
        await AppendAsync(id, bare);

        (await Repository.ListAsync(id, Ct)).ShouldBe([full, bare]);
    }

    [Fact]
    public async Task Entries_are_listed_in_the_order_in_which_they_were_added_even_within_one_moment()
    {
        var id = NewId();
        var entries = Enumerable.Range(0, 20).Select(_ => Entry(id)).ToList();
        foreach (var entry in entries)
        {
            await AppendAsync(id, entry);
        }

        (await Repository.ListAsync(id, Ct)).ShouldBe(entries);
    }

    [Fact]
    public async Task An_entry_and_its_event_become_true_together()
    {
        var id = NewId();

        await AppendAsync(id, Entry(id));

        var happened = (await Events.ReadAsync(id.ToString(), 0, 10, Ct)).ShouldHaveSingleItem();
        (happened.Name, happened.Data, happened.At).ShouldBe(("field_reviewed", "{}", Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Of_many_writers_none_is_lost()
    {
        var id = NewId();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => AppendAsync(id, Entry(id)), Ct)));

        (await Repository.ListAsync(id, Ct)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task Removing_takes_the_trail_of_the_document_and_no_other()
    {
        var (removed, kept) = (NewId(), NewId());
        await AppendAsync(removed, Entry(removed));
        await AppendAsync(kept, Entry(kept));

        await Repository.DeleteAsync(removed, Ct);

        (await Repository.ListAsync(removed, Ct)).ShouldBeEmpty();
        (await Repository.ListAsync(kept, Ct)).ShouldHaveSingleItem();
    }

    private DocumentId NewId() => StrongId.New<DocumentId>(Clock);

    private FieldReview Entry(DocumentId id) => new(
        StrongId.New<ReviewId>(Clock), FieldId.Of(id, 0, "phone", 0), ReviewAction.Corrected, new ReviewedAccountKey(0, "7009885"), Reading, IsFromMachine: true,
        IsMultiple: false, new FieldValue("(802) 555-0140"), new FieldValue("(802) 555-0146"), null, "local", Clock.GetUtcNow());

    private Task AppendAsync(DocumentId id, FieldReview entry) => Repository.AppendAsync(id, entry, new NewEvent(id.ToString(), "field_reviewed", "{}"), Ct);
}
