using System.Diagnostics;
using System.Diagnostics.Metrics;
using Idp.Application.Documents;
using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Documents;

public sealed class DocumentTelemetryTests : IDisposable
{
    /// <summary>True in the flow of one test: the instruments are the process's, and other tests use them at the same time.</summary>
    private static readonly AsyncLocal<bool> IsMine = new();

    private readonly ManualTimeProvider _clock = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _spans = new();
    private readonly List<(string Instrument, double Value, string Tags)> _measured = [];
    private readonly List<Activity> _ended = [];
    private readonly Document _document;

    public DocumentTelemetryTests()
    {
        IsMine.Value = true;
        _document = SampleDocuments.Queued(_clock) with { Kind = DocumentKind.FinancialStatement };
        _meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == DocumentTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.Start();
        _spans.ShouldListenTo = static source => source.Name == DocumentTelemetry.Name;
        _spans.Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded;
        _spans.ActivityStopped = span =>
        {
            if (IsMine.Value)
            {
                _ended.Add(span);
            }
        };
        ActivitySource.AddActivityListener(_spans);
    }

    [Fact]
    public void A_stage_is_one_span_that_names_document_stage_and_kind_and_no_text()
    {
        using (var stage = new StageObservation(_document, StageNames.OcrExtraction, _clock))
        {
            stage.EndAs(StageEnd.Completed);
        }

        var span = _ended.ShouldHaveSingleItem();
        span.DisplayName.ShouldBe("stage ocr_extraction");
        span.Status.ShouldBe(ActivityStatusCode.Unset);
        span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").ShouldBe(
            [$"idp.document.id={_document.Id}", "idp.document.kind=financial_statement", "idp.stage=ocr_extraction", "idp.outcome=completed"]);
    }

    [Fact]
    public void A_failed_stage_is_a_failed_span_with_the_problem_code_and_without_its_message()
    {
        using (var stage = new StageObservation(_document, StageNames.OcrExtraction, _clock))
        {
            stage.EndAs(StageEnd.Failed, DocumentErrors.Encrypted());
        }

        var span = _ended.ShouldHaveSingleItem();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.StatusDescription.ShouldBeNull();
        span.GetTagItem("error.type").ShouldBe("document.encrypted");
    }

    [Fact]
    public void The_time_of_a_stage_is_measured_with_its_outcome()
    {
        using (var stage = new StageObservation(_document, StageNames.LlmExtraction, _clock))
        {
            _clock.Advance(TimeSpan.FromSeconds(2.5));
            stage.EndAs(StageEnd.Retried, DocumentErrors.WorkerUnavailable("test"));
        }

        _measured.ShouldBe([("idp.stage.duration", 2.5, "outcome=retried,stage=llm_extraction")]);
    }

    [Fact]
    public void A_stage_that_is_left_without_a_word_was_interrupted()
    {
        new StageObservation(_document, StageNames.PageAnalysis, _clock).Dispose();

        _measured.ShouldHaveSingleItem().Tags.ShouldBe("outcome=interrupted,stage=page_analysis");
    }

    [Fact]
    public void Documents_and_pages_are_counted_under_names_of_the_contract()
    {
        var page = new Page(1, new PageSize(612, 792), 0, PageSource.TextLayer, false, [], string.Empty);
        DocumentTelemetry.CountReceived(_document);
        DocumentTelemetry.CountEnded(_document with { Status = DocumentStatus.Partial });
        DocumentTelemetry.CountRead(page);
        DocumentTelemetry.CountRead(page with { Source = PageSource.Ocr });
        DocumentTelemetry.CountRead(page with { IsBlank = true });
        DocumentTelemetry.CountFailedPage("page.damaged");

        _measured.ShouldBe(
        [
            ("idp.documents.received", 1, "kind=auto"), ("idp.documents.ended", 1, "kind=financial_statement,status=partial"), ("idp.pages.read", 1, "source=text_layer"),
            ("idp.pages.read", 1, "source=ocr"), ("idp.pages.read", 1, "source=blank"), ("idp.pages.failed", 1, "code=page.damaged"),
        ]);
    }

    [Fact]
    public async Task A_cancelled_document_is_counted_as_ended_once()
    {
        var documents = await StoredAsync();
        var cancellation = new DocumentCancellation(documents, new RunningWork(), _clock);

        await cancellation.CancelAsync(_document.Id, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync(_document.Id, TestContext.Current.CancellationToken);

        _measured.ShouldBe([("idp.documents.ended", 1, "kind=financial_statement,status=cancelled")]);
    }

    [Fact]
    public async Task A_stage_that_fails_for_good_is_measured_with_the_end_of_its_document_inside_one_span()
    {
        var documents = await StoredAsync();
        var stage = Substitute.For<IDocumentStage>();
        stage.Name.Returns(StageNames.OcrExtraction);
        stage.RunAsync(Arg.Any<StageContext>(), Arg.Any<CancellationToken>()).Returns(DocumentErrors.Encrypted());
        var runner = new DocumentStageRunner(documents, documents, [stage], [], _clock, NullLogger<DocumentStageRunner>.Instance);

        await runner.HandleAsync((await documents.ClaimAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))!, TestContext.Current.CancellationToken);

        _measured.ShouldBe([("idp.documents.ended", 1, "kind=financial_statement,status=failed"), ("idp.stage.duration", 0, "outcome=failed,stage=ocr_extraction")]);
        _ended.ShouldHaveSingleItem().GetTagItem("idp.outcome").ShouldBe("failed");
    }

    public void Dispose()
    {
        IsMine.Value = false;
        _meters.Dispose();
        _spans.Dispose();
    }

    private async Task<InMemoryDocuments> StoredAsync()
    {
        var documents = new InMemoryDocuments(_clock);
        var work = new WorkItem(
            StrongId.New<WorkItemId>(_clock), _document.Id.ToString(), _document.CurrentStage, _document.Priority, _document.CreatedAt, _document.CreatedAt, 0);
        await documents.AddAsync(_document, work, [], TestContext.Current.CancellationToken);
        return documents;
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (IsMine.Value)
        {
            _measured.Add((instrument.Name, value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal))));
        }
    }
}
