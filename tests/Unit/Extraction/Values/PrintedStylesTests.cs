using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Values;

public sealed class PrintedStylesTests
{
    private static readonly string[] DateStyles =
    [
        "yyyy-MM-dd", "MM/dd/yyyy", "M/d/yyyy", "MM-dd-yyyy", "dd.MM.yyyy", "dd-MMM-yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy",
        "dddd, MMMM d, yyyy", "yyyy/MM/dd",
    ];

    private static readonly string[] MoneyStyles =
        ["{0:N2}", "${0:N2}", "$ {0:N2}", "USD {0:N2}", "{0:F2}", "${0:F2}", "{0:N2} USD", "RM {0:N2}", "RM{0:F2}", "*{0:N2}"];

    private static readonly Arbitrary<DateOnly> Days =
        Gen.Choose(0, 73_000).Select(days => new DateOnly(1900, 1, 1).AddDays(days)).ToArbitrary();

    private static readonly Arbitrary<decimal> Amounts =
        Gen.Choose(0, int.MaxValue).Select(cents => cents / 100m).ToArbitrary();

    [Fact]
    public void A_date_printed_in_any_style_reads_as_that_date() => Prop.ForAll(
        Days, Gen.Elements(DateStyles).ToArbitrary(), (date, style) =>
        ValueNormalizer.Normalize(FieldType.Date, date.ToString(style, CultureInfo.InvariantCulture)) == Iso(date)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_period_printed_in_any_style_reads_as_that_period() => Prop.ForAll(
        Days, Gen.Elements(DateStyles).ToArbitrary(), Gen.Elements(" - ", " to ", " through ", " \u2013 ", "-").ToArbitrary(), (start, style, parting) =>
        {
            var end = start.AddMonths(1);
            var printed = start.ToString(style, CultureInfo.InvariantCulture) + parting + end.ToString(style, CultureInfo.InvariantCulture);
            return ValueNormalizer.Normalize(FieldType.Period, printed) == $"{Iso(start)}/{Iso(end)}";
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_amount_printed_in_any_style_reads_as_that_amount() => Prop.ForAll(
        Amounts, Gen.Elements(MoneyStyles).ToArbitrary(), (amount, style) =>
        ValueNormalizer.Normalize(FieldType.Money, string.Format(CultureInfo.InvariantCulture, style, amount)) == Plain(amount)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_negative_amount_keeps_its_sign_in_any_style() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).Select(cents => cents / 100m).ToArbitrary(),
        Gen.Elements("-{0:N2}", "-${0:N2}", "$-{0:N2}", "({0:N2})", "(${0:N2})", "{0:N2}-", "${0:N2} -", "{0:N2} CR").ToArbitrary(), (amount, style) =>
        ValueNormalizer.Normalize(FieldType.Money, string.Format(CultureInfo.InvariantCulture, style, amount)) == "-" + Plain(amount)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_european_amount_reads_as_that_amount() => Prop.ForAll(
        Amounts, amount =>
        {
            var printed = amount.ToString("N2", CultureInfo.InvariantCulture).Replace(',', '_').Replace('.', ',').Replace('_', '.');
            return ValueNormalizer.Normalize(FieldType.Money, printed) == Plain(amount);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Normal_forms_are_their_own_normal_form() => Prop.ForAll(
        Days, Amounts, (date, amount) =>
        ValueNormalizer.Normalize(FieldType.Date, Iso(date)) == Iso(date)
        && ValueNormalizer.Normalize(FieldType.Period, $"{Iso(date)}/{Iso(date)}") == $"{Iso(date)}/{Iso(date)}"
        && ValueNormalizer.Normalize(FieldType.Money, Plain(amount)) == Plain(amount)).QuickCheckThrowOnFailure();

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
