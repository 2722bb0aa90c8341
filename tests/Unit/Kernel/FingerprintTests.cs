using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Caching;

namespace Idp.Unit.Kernel;

public sealed class FingerprintTests
{
    [Fact]
    public void Equal_parts_have_equal_fingerprints() => Prop.ForAll<NonNull<string>, NonNull<string>>((name, value) =>
        Fingerprint.Of((name.Get, value.Get)) == Fingerprint.Of((name.Get, value.Get))).QuickCheckThrowOnFailure();

    [Fact]
    public void Moving_text_from_one_part_to_the_next_makes_another_fingerprint() => Prop.ForAll<NonEmptyString, NonEmptyString>((one, other) =>
        Fingerprint.Of((one.Get, other.Get)) != Fingerprint.Of((one.Get + other.Get, ""))
        && Fingerprint.Of((one.Get, other.Get)) != Fingerprint.Of(("", one.Get + other.Get))).QuickCheckThrowOnFailure();

    [Fact]
    public void One_part_of_two_texts_is_not_two_parts() =>
        Fingerprint.Of(("a", "b"), ("c", "d")).ShouldNotBe(Fingerprint.Of(("a", "bcd")));

    [Fact]
    public void The_order_of_the_parts_counts() =>
        Fingerprint.Of(("a", "1"), ("b", "2")).ShouldNotBe(Fingerprint.Of(("b", "2"), ("a", "1")));

    [Fact]
    public void A_fingerprint_is_printed_as_64_hexadecimal_digits()
    {
        var text = Fingerprint.Of(("engine", "tesseract 5")).ToString();

        text.Length.ShouldBe(64);
        text.ShouldAllBe(character => char.IsAsciiHexDigitLower(character));
    }
}
