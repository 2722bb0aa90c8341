using Idp.Infrastructure.Documents.Flow.Office;

namespace Idp.Unit.Documents.Flow;

public sealed class NumberFormatTests
{
    [Theory]
    [InlineData(1234.5, null, "1234.5")]
    [InlineData(0.1 + 0.2, "General", "0.3")]
    [InlineData(1234567.891, "#,##0.00", "1,234,567.89")]
    [InlineData(0.4375, "0.0%", "43.8%")]
    [InlineData(-1234, "#,##0;(#,##0)", "(1,234)")]
    [InlineData(-5, "0.00", "-5.00")]
    [InlineData(0, "0.00;-0.00;\"none\"", "none")]
    [InlineData(1250, "\"$\"#,##0.00", "$1,250.00")]
    [InlineData(1250, "[$€-407] #,##0", "€ 1,250")]
    [InlineData(12500000, "#,##0.0,,\" m\"", "12.5 m")]
    [InlineData(7, "000", "007")]
    [InlineData(45292, "yyyy-mm-dd", "2024-01-01")]
    [InlineData(45292.75, "d mmm yyyy h:mm AM/PM", "1 Jan 2024 6:00 PM")]
    [InlineData(45292.5104166667, "m/d/yy hh:mm:ss", "1/1/24 12:15:00")]
    [InlineData(60.5, "[Red]0.0", "60.5")]
    [InlineData(44000, "@", "44000")]
    public void Numbers_look_as_their_cells_show_them(double value, string? code, string expected) => NumberFormat.Print(value, code, is1904: false).ShouldBe(expected);

    [Fact]
    public void Days_may_be_counted_from_1904() => NumberFormat.Print(0, "yyyy-mm-dd", is1904: true).ShouldBe("1904-01-01");

    [Theory]
    [InlineData(1e300, "yyyy")]
    [InlineData(-1, "yyyy-mm-dd")]
    [InlineData(5, "\"unclosed")]
    [InlineData(5, "[")]
    public void Nonsense_is_printed_somehow(double value, string code) => Should.NotThrow(() => NumberFormat.Print(value, code, is1904: false));
}
