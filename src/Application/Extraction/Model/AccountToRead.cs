using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Extraction;

/// <summary>One account of a document, with everything that its calls have in common.</summary>
internal sealed class AccountToRead
{
    private readonly string _keyBase;
    private readonly Dictionary<int, Page> _pages;
    private readonly Dictionary<int, int> _forecasts;

    /// <summary>Prepares an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="schema">What to read.</param>
    /// <param name="pages">Its pages that could be read.</param>
    /// <param name="model">Who is asked.</param>
    /// <param name="run">Sets the keys of a run apart that must not be answered by earlier ones; empty otherwise.</param>
    public AccountToRead(AccountPages account, ExtractionSchema schema, IReadOnlyList<Page> pages, ModelIdentity model, string run)
    {
        (Index, Number, Schema, Pages) = (account.Index, account.AccountNumber, schema, pages);
        (Instructions, ReplySchema) = (ExtractionPrompt.InstructionsFor(schema), ExtractionPrompt.ReplySchemaFor(schema));
        _pages = pages.ToDictionary(page => page.Number);
        _forecasts = pages.ToDictionary(page => page.Number, page => OutputForecast.Of(page, schema, pages.Count));
        _keyBase = Fingerprint.Of(
            ("model", model.ToString()), ("instructions", Instructions), ("schema", ReplySchema), ("account", Number ?? string.Empty), ("run", run)).Value;
    }

    /// <summary>Its place in the document, from 0.</summary>
    public int Index { get; }

    /// <summary>Its number; null when the document has none.</summary>
    public string? Number { get; }

    /// <summary>What to read.</summary>
    public ExtractionSchema Schema { get; }

    /// <summary>Its pages that could be read, ascending.</summary>
    public IReadOnlyList<Page> Pages { get; }

    /// <summary>What the model is to do.</summary>
    public string Instructions { get; }

    /// <summary>The reply's form.</summary>
    public string ReplySchema { get; }

    /// <summary>Output tokens that a page will need.</summary>
    public int ForecastOf(int page) => _forecasts[page];

    /// <summary>The pages that a model is to read.</summary>
    public ValueList<int> PagesWithWords => Pages.Where(page => page.Words.Count > 0).Select(page => page.Number).ToValueList();

    /// <summary>What packing has to know of the pages that a model is to read: those with words.</summary>
    public IReadOnlyList<PageLoad> Loads(IReadOnlySet<int> except) =>
    [
        .. Pages.Where(page => page.Words.Count > 0 && !except.Contains(page.Number))
            .Select(page => new PageLoad(page.Number, TokenCount.Estimate(page.Text), ForecastOf(page.Number))),
    ];

    /// <summary>A whole page as a section.</summary>
    public PageSection SectionOf(int page) => SectionOf(PageBands.Whole(_pages[page]), _pages[page].Text);

    /// <summary>A band of a page's lines as a section.</summary>
    public PageSection SectionOf(PageBand band) => SectionOf(band, PageBands.TextOf(_pages[band.Page], band));

    /// <summary>The two halves of a section that is too large alone; none when it is a single line.</summary>
    public IReadOnlyList<PageSection> Halve(PageSection section) =>
        PageBands.Halve(_pages[section.Page], section.Band) is { } halves ? [SectionOf(halves.Upper), SectionOf(halves.Lower)] : [];

    /// <summary>A band of rows that nothing explains as a section, with the line that heads their columns.</summary>
    public PageSection SectionOf(RowBand band) => SectionOf(band.Lines, band.TextOf(Pages));

    /// <summary>Finds what a model said on the pages that it was shown.</summary>
    public AccountReading Align(ExtractionReply reply, IEnumerable<ModelSection> shown)
    {
        var numbers = shown.Select(section => section.Page).ToHashSet();
        return new AccountReading(
            ModelReadings.Align(Schema, [.. Pages.Where(page => numbers.Contains(page.Number))], reply.Readings, Number), reply.Rows, []);
    }

    /// <summary>The task that reads all pages at once; rules answer it.</summary>
    public ExtractionTask WholeTask() => new(this, Pages.Select(page => SectionOf(page.Number)).ToValueList());

    /// <summary>
    /// What rules read, to be united with what a model said; <see cref="Unite"/> checks the values against each other when they are the result.
    /// </summary>
    public AccountReading ReadByRules() => new(FieldExtractor.Read(Schema, Pages, Number), [], TableExtractor.Extract(Schema.Tables, Pages));

    /// <summary>One value a field out of both sources, checked as those of the rules alone are.</summary>
    public ValueList<ExtractedField> Unite(AccountReading byRules, AccountReading byModel) =>
        FieldChecks.Apply(FieldMerger.MergeSources(Schema, byRules.Fields, byModel.Fields, Pages));

    /// <summary>Unites the rows that rules read with those that a model gave.</summary>
    public IReadOnlyList<CompletedTable> Complete(IReadOnlyList<ExtractedTable> byRules, IReadOnlyList<ModelRow> byModel) =>
    [
        .. Schema.Tables.Select(table => TableCompletion.Complete(
            table, byRules.FirstOrDefault(read => read.Name == table.Name), [.. byModel.Where(row => row.Table == table.Name)], Pages)),
    ];

    /// <summary>Stands for everything that decides what is made of the account.</summary>
    public Fingerprint FingerprintOf(string codeVersion) =>
        Fingerprint.Of(("base", _keyBase), ("schema", SchemaFingerprint.Of(Schema)), ("pages", PageFingerprints.Of(Pages)), ("code", codeVersion));

    /// <summary>Where the account's extraction is kept.</summary>
    public BlobKey StorageOf(DocumentId document, string codeVersion) => ExtractionStorage.Account(document, FingerprintOf(codeVersion));

    private PageSection SectionOf(PageBand band, string text) => new(band, text, Fingerprint.Of(("base", _keyBase), ("text", text)).Value);
}

/// <summary>A section that knows its lines, so that it can be halved.</summary>
/// <param name="Band">The lines.</param>
/// <param name="Text">Their text.</param>
/// <param name="Key">Stands for everything that decides what a model says of them.</param>
internal sealed record PageSection(PageBand Band, string Text, string Key) : ModelSection(Band.Page, Text, Key);
