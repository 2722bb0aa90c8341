using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Accounts;

public sealed class AccountNumberTests
{
    [Theory]
    [InlineData("7009885", "7009885")]
    [InlineData("68 9985 8679", "6899858679")]
    [InlineData("3041-4811-30", "3041481130")]
    [InlineData("LN-2019-792337", "LN2019792337")]
    [InlineData("C17611243.", "C17611243")]
    [InlineData("(0042917)", "0042917")]
    public void Reads_a_whole_number_in_any_format(string printed, string characters)
    {
        var number = AccountNumber.Parse(printed).ShouldNotBeNull();

        number.IsMasked.ShouldBeFalse();
        number.Characters.ShouldBe(characters);
    }

    [Theory]
    [InlineData("x9895", "9895")]
    [InlineData("****9895", "9895")]
    [InlineData("**** **** 1234", "1234")]
    [InlineData("XXXXXX-1234", "1234")]
    [InlineData("XXXX XXXX 1234", "1234")]
    [InlineData("...1234", "1234")]
    [InlineData("ending in 2337", "2337")]
    [InlineData("(ending 2337)", "2337")]
    public void Reads_what_shows_of_a_masked_number(string printed, string shown)
    {
        var number = AccountNumber.Parse(printed).ShouldNotBeNull();

        number.IsMasked.ShouldBeTrue();
        number.Characters.ShouldBe(shown);
        number.Value.ShouldBe("****" + shown);
    }

    [Theory]
    [InlineData("12-09-2023")]
    [InlineData("2013-01-31")]
    [InlineData("21-AUG-2016")]
    [InlineData("1,118.11")]
    [InlineData("$450.00")]
    [InlineData("666-66-1410")]
    [InlineData("***-**-1546")]
    [InlineData("6.610%")]
    [InlineData("Branch")]
    [InlineData("065 / 5")]
    [InlineData("")]
    public void Takes_no_other_value_for_an_account_number(string printed) => AccountNumber.Parse(printed).ShouldBeNull();

    [Fact]
    public void One_number_in_two_formats_is_one() =>
        AccountNumber.Parse("68 9985 8679")!.IsSameAs(AccountNumber.Parse("6899-858679")!).ShouldBeTrue();

    [Fact]
    public void Two_numbers_that_differ_by_a_digit_are_two() =>
        AccountNumber.Parse("7009885")!.IsSameAs(AccountNumber.Parse("7009886")!).ShouldBeFalse();

    [Fact]
    public void A_masked_number_may_be_any_number_that_ends_like_it()
    {
        var masked = AccountNumber.Parse("x9895")!;

        masked.IsSameAs(AccountNumber.Parse("8599895")!).ShouldBeTrue();
        masked.IsSameAs(AccountNumber.Parse("8599896")!).ShouldBeFalse();
    }

    [Theory]
    [InlineData("70O9885", "7009885")]
    [InlineData("7l09885", "7109885")]
    [InlineData("700988S", "7009885")]
    [InlineData("7009B85", "7009885")]
    public void Letters_that_recognition_took_for_digits_become_digits_again(string read, string meant) =>
        AccountNumber.ParseRecognised(read).ShouldNotBeNull().Characters.ShouldBe(meant);

    [Theory]
    [InlineData("LN-2O18-366425")]
    [InlineData("LN-Z018-366425")]
    public void The_letters_of_a_prefix_stay_letters(string read) =>
        AccountNumber.ParseRecognised(read).ShouldNotBeNull().Printed.ShouldBe("LN-2018-366425");

    [Fact]
    public void Separators_never_make_two_numbers_of_one() =>
        Prop.ForAll(Numbers().ToArbitrary(), Positions().ToArbitrary(), (digits, at) =>
        {
            var formatted = digits.Insert(1 + (at % (digits.Length - 1)), "-");
            var (plain, dashed) = (AccountNumber.Parse(digits), AccountNumber.Parse(formatted));
            return dashed is null || plain!.IsSameAs(dashed);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Being_the_same_number_goes_both_ways() =>
        Prop.ForAll(Numbers().ToArbitrary(), Numbers().ToArbitrary(), (left, right) =>
            AccountNumber.Parse(left)!.IsSameAs(AccountNumber.Parse(right)!) == AccountNumber.Parse(right)!.IsSameAs(AccountNumber.Parse(left)!))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Changing_one_digit_always_makes_another_number() =>
        Prop.ForAll(Numbers().ToArbitrary(), Positions().ToArbitrary(), (digits, at) =>
        {
            var changed = digits.ToCharArray();
            var place = at % digits.Length;
            changed[place] = changed[place] is '9' ? '1' : (char)(changed[place] + 1);
            return !AccountNumber.Parse(digits)!.IsSameAs(AccountNumber.Parse(new string(changed))!);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_reading_throw() =>
        Prop.ForAll<string>(text =>
        {
            _ = AccountNumber.Parse(text ?? string.Empty);
            _ = AccountNumber.ParseRecognised(text ?? string.Empty);
            return true;
        }).QuickCheckThrowOnFailure();

    private static Gen<string> Numbers() =>
        from length in Gen.Choose(7, 14)
        from digits in Gen.ArrayOf(Gen.Elements("123456789".ToCharArray()), length)
        select new string(digits);

    private static Gen<int> Positions() => Gen.Choose(0, 1000);
}
