using Idp.Domain.Kernel;

namespace Idp.Unit.Kernel;

public sealed class ResultTests
{
    private static readonly Error Refusal = new(ErrorKind.Conflict, "thing.busy", "Busy.");

    [Fact]
    public void A_value_is_a_success()
    {
        Result<int> result = 3;

        result.IsSuccess.ShouldBeTrue();
        result.Error.ShouldBeNull();
        result.Match(value => value + 1, _ => -1).ShouldBe(4);
    }

    [Fact]
    public void An_error_is_a_failure()
    {
        Result<int> result = Refusal;

        result.IsSuccess.ShouldBeFalse();
        result.Error.ShouldBe(Refusal);
        result.Match(_ => "value", error => error.Code).ShouldBe("thing.busy");
    }

    [Fact]
    public void Results_compare_by_what_they_hold()
    {
        Result<string>.Success("a").ShouldBe("a");
        Result<string>.Fail(Refusal).ShouldBe(Refusal);
        Result<string>.Success("a").ShouldNotBe(Result<string>.Success("b"));
    }

    [Theory]
    [InlineData(ErrorKind.RateLimited, true)]
    [InlineData(ErrorKind.Unavailable, true)]
    [InlineData(ErrorKind.Invalid, false)]
    [InlineData(ErrorKind.Conflict, false)]
    [InlineData(ErrorKind.Rejected, false)]
    public void Only_what_may_pass_by_itself_is_transient(ErrorKind kind, bool expected) =>
        new Error(kind, "code", "Message.").IsTransient.ShouldBe(expected);
}
