using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Documents;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;

namespace Idp.Integration.Documents;

/// <summary>What every <see cref="IDocumentRecognition"/> promises. The service knows what pages say that an adapter's tests have told it by <see cref="StoreAsync"/>.</summary>
public abstract class DocumentRecognitionContract
{
    protected static readonly CallContext Asker = new("doc_0197a0000000700080000000000000aa", Priority.Normal, [BudgetScope.Of("doc_0197a0000000700080000000000000aa")]) { Run = "run-1" };

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IDocumentRecognition Recognition { get; }

    /// <summary>Stores a file of scanned pages that say this.</summary>
    protected abstract Task<SourceFile> StoreAsync(params IReadOnlyList<string> pages);

    [Fact]
    public async Task Pages_come_back_with_their_numbers_and_words_in_the_order_in_which_they_were_ordered()
    {
        var file = await StoreAsync("Account Number 1", "Account Number 2", "Account Number 3");

        var pages = (await Recognition.RecognizeAsync(OrderOf(file, 3, 1, 3), Asker, Ct)).Value.ShouldNotBeNull();

        pages.Select(page => (page.Number, page.Text, page.Source)).ShouldBe([(1, "Account Number 1", PageSource.Ocr), (3, "Account Number 3", PageSource.Ocr)]);
        pages.ShouldAllBe(page => page.Words.All(word => word.Box.Area > 0) && page.Size == new PageSize(612, 792));
    }

    [Fact]
    public async Task A_page_on_which_nothing_was_found_is_blank()
    {
        var file = await StoreAsync("Account Number 1", " ");

        var pages = (await Recognition.RecognizeAsync(OrderOf(file, 2, 1, 2), Asker, Ct)).Value.ShouldNotBeNull();

        pages.Select(page => page.IsBlank).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Who_cancels_gets_no_answer()
    {
        var file = await StoreAsync("Account Number 1");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, cancelled.Token));
    }

    protected static RecognitionOrder OrderOf(SourceFile file, int pageCount, params IEnumerable<int> pages) => new(
        file, pageCount, [.. pages.Select(number => new Page(number, new PageSize(612, 792), 0, PageSource.TextLayer, false, [], string.Empty))]);
}

/// <summary>What every <see cref="IRecognitionProbe"/> promises.</summary>
public abstract class RecognitionProbeContract
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IRecognitionProbe Probe { get; }

    [Fact]
    public async Task A_call_is_timed_until_its_text_is_ready() => (await Probe.CallAsync("first-1", Ct)).Value.ShouldBeGreaterThan(TimeSpan.Zero);
}
