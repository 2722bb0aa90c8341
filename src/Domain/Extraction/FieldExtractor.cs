using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Reads fields out of pages by rules over words and layout, without a model.</summary>
public static class FieldExtractor
{
    /// <summary>A further value of a field with several is kept only when it is this likely in relation to the best.</summary>
    private const double LeastShareOfBest = 0.7;

    /// <summary>Reads what the schema asks for.</summary>
    /// <param name="schema">What to read; its kind decides how.</param>
    /// <param name="pages">The pages of one account, or of the document when it has no accounts.</param>
    /// <param name="accountNumber">The account's number, normalised; null when there is none.</param>
    /// <returns>The fields that were found, in the order of the schema.</returns>
    public static ValueList<ExtractedField> Extract(ExtractionSchema schema, IReadOnlyList<Page> pages, string? accountNumber) =>
        FieldChecks.Apply(Read(schema, pages, accountNumber));

    /// <summary>Reads what the schema asks for, for a result that has other sources too: its values are checked against each other when all are united.</summary>
    /// <inheritdoc cref="Extract"/>
    public static ValueList<ExtractedField> Read(ExtractionSchema schema, IReadOnlyList<Page> pages, string? accountNumber) => schema.Kind switch
    {
        DocumentKind.Receipt => WithRest(schema, ReceiptReader.Read(schema, pages), ["company", "date", "address", "total"], pages, accountNumber),
        DocumentKind.Form => WithRest(schema, PairReader.Read(schema, pages), schema.Fields.Where(field => field.Type == FieldType.Pair).Select(field => field.Name), pages, accountNumber),
        DocumentKind.Auto or DocumentKind.Loan or DocumentKind.FinancialStatement or DocumentKind.Generic => ByLabels(schema, pages, accountNumber),
    };

    /// <summary>What a special reader found, and by their labels the fields that a user's schema asks for besides.</summary>
    private static ValueList<ExtractedField> WithRest(
        ExtractionSchema schema, ValueList<ExtractedField> special, IEnumerable<string> specialNames, IReadOnlyList<Page> pages, string? accountNumber)
    {
        var covered = specialNames.ToHashSet(StringComparer.Ordinal);
        var rest = schema with { Fields = schema.Fields.Where(field => !covered.Contains(field.Name)).ToValueList() };
        return rest.Fields.Count == 0 ? special : [.. special, .. ByLabels(rest, pages, accountNumber)];
    }

    private static ValueList<ExtractedField> ByLabels(ExtractionSchema schema, IReadOnlyList<Page> pages, string? accountNumber)
    {
        var book = LabelBook.Of(schema);
        var readings = pages.SelectMany(page => ReadingsOf(schema, book, page))
            .SelectMany(NameSplitter.Split)
            .Where(reading => IsPossible(reading, accountNumber))
            .Select(reading => reading.ToField())
            .Concat(AccountNumberReader.Read(schema, pages, accountNumber));
        return FieldMerger.Merge(schema, WithoutStrays(schema, readings.ToList()));
    }

    private static IEnumerable<FieldReading> ReadingsOf(ExtractionSchema schema, LabelBook book, Page page)
    {
        var view = PageView.Of(page);
        var labels = LabelFinder.Find(book, view);
        return LabelledValueReader.Read(view, labels)
            .Concat(PostalBlockReader.Read(schema, view, labels))
            .Concat(LetterheadReader.Read(schema, view))
            .Concat(AccountTypeReader.Read(schema, view))
            .Concat(EmailReader.Read(schema, view))
            .Select(reading => Repaired(reading, page))
            .Select(reading => reading with { Lines = [.. reading.Lines.Select(line => line.Select(view.Printed).ToList())] });
    }

    private static FieldReading Repaired(FieldReading reading, Page page) => reading.Field.Type is FieldType.Category
        && ProductWords.Repair(reading.Value, page.Source) is var value && value != reading.Value
        ? reading with { Value = value, Signals = reading.Signals with { Shape = ProductWords.Names(value) ? 0.9 : reading.Signals.Shape } }
        : reading;

    /// <summary>The account's number is given, so that it is not read; and no other number of the customer equals it.</summary>
    private static bool IsPossible(FieldReading reading, string? accountNumber) => reading.Field.Type switch
    {
        FieldType.AccountNumber => accountNumber is null && reading.Field.Name != "account_number",
        FieldType.Identifier => accountNumber is null || PageText.Letters(reading.Value) != PageText.Letters(accountNumber),
        _ => true,
    };

    /// <summary>Where several values are allowed, each reading stands for itself; unlikely ones beside likely ones are slips.</summary>
    private static List<ExtractedField> WithoutStrays(ExtractionSchema schema, List<ExtractedField> readings)
    {
        var best = schema.Fields.Where(field => field.Multiple).ToDictionary(
            field => field.Name,
            field => readings.Where(reading => reading.Name == field.Name).Select(reading => reading.Confidence.Value)
                .DefaultIfEmpty(0).Max(),
            StringComparer.Ordinal);
        return readings.Where(reading => !best.TryGetValue(reading.Name, out var top)
            || reading.Confidence.Value >= LeastShareOfBest * top).ToList();
    }
}
