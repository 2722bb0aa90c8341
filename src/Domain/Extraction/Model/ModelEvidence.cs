using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>How the pages back a value that a model named.</summary>
/// <param name="Value">The value, with the digits as they are printed.</param>
/// <param name="Printed">As printed; null when it is not on the pages.</param>
/// <param name="Status">Supported, derived or unsupported.</param>
/// <param name="Confidence">How likely it is right.</param>
/// <param name="Evidence">Where it stands, the best place first.</param>
internal sealed record BackedValue(string Value, string? Printed, FieldStatus Status, Confidence Confidence, ValueList<Evidence> Evidence);

/// <summary>Finds what a model named on the pages that it was shown.</summary>
internal sealed class ModelEvidence(ExtractionSchema schema, IReadOnlyList<Page> pages)
{
    private const int MostEvidence = 12;

    /// <summary>Places that agree this much less well than the best are another value's.</summary>
    private const double AboutAsGood = 0.04;

    /// <summary>A place on the named page that agrees this well makes a search of the others needless.</summary>
    private const double GoodEnough = 0.95;

    /// <summary>A quote with fewer letters and digits stands on every page and says nothing.</summary>
    private const int ShortestQuote = 4;

    /// <summary>How far a value that only follows from its quote is trusted: no printed word says it.</summary>
    private const double DerivedCap = 0.5;

    /// <summary>How far a value is trusted that has not the form of the field's values: rules would not have taken it.</summary>
    private const double MisshapenCap = 0.45;

    private const double Announced = 1;
    private const double NotAnnounced = 0.6;
    private const double KeyMissing = 0.3;

    private readonly Dictionary<int, EvidenceAligner> _aligners = [];
    private readonly LabelledPlaces _labels = new(schema, pages);
    private readonly Dictionary<int, Page> _pages = pages.DistinctBy(page => page.Number).ToDictionary(page => page.Number);

    /// <summary>Looks for a value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="reading">What the model said, its value normalised.</param>
    public BackedValue Find(FieldDefinition field, ModelReading reading)
    {
        var places = Places(field, reading);
        if (places.Count > 0)
        {
            return Supported(field, reading, places);
        }

        return QuotedPlaces(field, reading) is { Count: > 0 } quoted
            ? Derived(field, reading, quoted[0])
            : new BackedValue(reading.Value, null, FieldStatus.Unsupported, Unsupported(field, reading), []);
    }

    private BackedValue Supported(FieldDefinition field, ModelReading reading, IReadOnlyList<EvidenceMatch> places)
    {
        var (chosen, label) = Choose(field, reading, places);
        var best = chosen[0];
        var value = AsPrinted(field, reading.Value, best.Evidence.Quote);
        var shape = ValueShape.Of(field, value, best.Evidence.Quote);
        var score = ConfidenceModel.Score(new ConfidenceSignals(ValuePlace.Model, label, 0, shape, best.Similarity, best.WordConfidence.Value));
        var confidence = shape > 0 || score.Value < MisshapenCap ? score : new Confidence(MisshapenCap);
        return new BackedValue(
            value, best.Evidence.Quote, FieldStatus.Supported, confidence, chosen.Select(match => match.Evidence).Take(MostEvidence).ToValueList());
    }

    private static BackedValue Derived(FieldDefinition field, ModelReading reading, EvidenceMatch quoted)
    {
        var score = ConfidenceModel.Score(new ConfidenceSignals(
            ValuePlace.Model, NotAnnounced, 0, ValueShape.Of(field, reading.Value, reading.Value), quoted.Similarity, quoted.WordConfidence.Value));
        return new BackedValue(
            reading.Value, quoted.Evidence.Quote, FieldStatus.Derived, new Confidence(Math.Min(DerivedCap, score.Value * DerivedCap)), [quoted.Evidence]);
    }

    private static Confidence Unsupported(FieldDefinition field, ModelReading reading)
    {
        var score = ConfidenceModel.Score(new ConfidenceSignals(ValuePlace.Model, NotAnnounced, 0, ValueShape.Of(field, reading.Value, reading.Value), 0.5));
        return score < ConfidenceModel.UnsupportedCap ? score : ConfidenceModel.UnsupportedCap;
    }

    /// <summary>Where the value itself stands: on the page that was named if it is plain to see there, else on any.</summary>
    private List<EvidenceMatch> Places(FieldDefinition field, ModelReading reading)
    {
        // A quote that says more than the value, or something else, proves only its own words.
        var quote = reading.Quote is { } said && ValueNormalizer.Normalize(field, said) is { } quoted && PageText.Letters(quoted) == PageText.Letters(reading.Value)
            ? said
            : null;
        if (reading.Page is { } named && _pages.ContainsKey(named))
        {
            var there = Aligner(named).Find(field.Type, reading.Value, quote, named).Where(match => Agrees(field, reading.Value, match)).ToList();
            if (there.Count > 0 && there[0].Similarity >= GoodEnough)
            {
                return there;
            }
        }

        return _pages.Keys.SelectMany(page => Aligner(page).Find(field.Type, reading.Value, quote, reading.Page))
            .Where(match => Agrees(field, reading.Value, match))
            .OrderByDescending(match => Math.Round(match.Similarity, 2)).ThenByDescending(match => match.Evidence.Page == reading.Page)
            .ThenBy(match => match.Evidence.Page).ThenBy(match => match.Evidence.Boxes[0].Y).ThenBy(match => match.Evidence.Boxes[0].X).ToList();
    }

    /// <summary>Where the quote stands, unless it is itself a value of the field: then it contradicts what the model made of it.</summary>
    private List<EvidenceMatch> QuotedPlaces(FieldDefinition field, ModelReading reading)
    {
        var contradicts = reading.Quote is { } said && field.Type is not (FieldType.Text or FieldType.Name or FieldType.Category or FieldType.Address)
            && ValueNormalizer.Normalize(field, said) is not null;
        return reading.Quote is { } quote && !contradicts && PageText.Letters(quote).Length >= ShortestQuote
            ? [.. _pages.Keys.OrderByDescending(page => page == reading.Page).SelectMany(page => Aligner(page).Find(FieldType.Text, quote)).Where(match => match.Similarity >= GoodEnough)]
            : [];
    }

    /// <summary>Of several places the ones that the quote or a label of the field points at; and how plainly they are pointed at.</summary>
    private (IReadOnlyList<EvidenceMatch> Places, double Label) Choose(FieldDefinition field, ModelReading reading, IReadOnlyList<EvidenceMatch> places)
    {
        var alike = places.Where(match => match.Similarity >= places[0].Similarity - AboutAsGood).ToList();
        if (reading.Key is { } key)
        {
            var keys = _pages.Keys.SelectMany(page => Aligner(page).Find(FieldType.Text, key)).Select(match => match.Evidence).ToList();
            var nearest = alike.OrderBy(match => keys.Select(found => Nearness.Of(found, match.Evidence)).DefaultIfEmpty(double.MaxValue).Min()).First();
            return ([nearest], keys.Count > 0 ? Announced : KeyMissing);
        }

        var context = QuotedContext(reading, alike);
        var around = context.Count > 0 ? context : alike;
        var labelled = around.Where(match => _labels.Announce(field, match.Evidence)).ToList();
        if (labelled.Count > 0 || context.Count > 0)
        {
            return (labelled.Count > 0 ? labelled : context, Announced);
        }

        var distinctive = PageText.Letters(reading.Value).Length >= ShortestQuote;
        return (distinctive ? alike : [alike[0]], alike.Count is 1 || distinctive ? 0.5 * (Announced + NotAnnounced) : NotAnnounced);
    }

    /// <summary>The places that lie within a longer quote.</summary>
    private List<EvidenceMatch> QuotedContext(ModelReading reading, List<EvidenceMatch> places)
    {
        if (reading.Quote is not { } quote || PageText.Letters(quote).Length <= PageText.Letters(places[0].Evidence.Quote).Length + 1)
        {
            return [];
        }

        var quotes = places.Select(match => match.Evidence.Page).Distinct().SelectMany(page => Aligner(page).Find(FieldType.Text, quote))
            .Select(match => match.Evidence).ToList();
        return places.Where(match => quotes.Exists(context => context.Page == match.Evidence.Page
            && match.Evidence.Boxes.All(box => context.Boxes.Any(around => around.Intersection(box).Area >= 0.5 * box.Area)))).ToList();
    }

    /// <summary>False for a place that prints another value: digits are never a matter of tolerance where the words are the file's own.</summary>
    private bool Agrees(FieldDefinition field, string value, EvidenceMatch match)
    {
        var quote = match.Evidence.Quote;
        if (PrintedText.Digits(quote) == PrintedText.Digits(value) || ValueNormalizer.Normalize(field, quote) is not { } printed)
        {
            return true;
        }

        return field.Type switch
        {
            FieldType.Identifier or FieldType.AccountNumber => PageText.Fold(PageText.Letters(printed)).EndsWith(PageText.Fold(PageText.Letters(value)), StringComparison.Ordinal)
                || PageText.Fold(PageText.Letters(value)).EndsWith(PageText.Fold(PageText.Letters(printed)).TrimStart('*'), StringComparison.Ordinal),
            FieldType.Text or FieldType.Name or FieldType.Address or FieldType.Category or FieldType.Pair or FieldType.Email =>
                _pages[match.Evidence.Page].Source is PageSource.Ocr,
            _ => true,
        };
    }

    /// <summary>The value with as many decimals as are printed.</summary>
    private static string AsPrinted(FieldDefinition field, string value, string quote) =>
        field.Type is FieldType.Money or FieldType.Percent && ValueNormalizer.Normalize(field, quote) is { } printed
            && TypedValueSearch.IsSame(field.Type, printed, value)
            ? (value.StartsWith('-') ? "-" : string.Empty) + printed.TrimStart('-')
            : value;

    private EvidenceAligner Aligner(int page) =>
        _aligners.TryGetValue(page, out var known) ? known : _aligners[page] = EvidenceAligner.For([_pages[page]]);
}
