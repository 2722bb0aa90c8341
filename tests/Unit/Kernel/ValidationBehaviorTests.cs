using FluentValidation;
using Idp.Application.Kernel.Behaviors;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Unit.Kernel;

public sealed class ValidationBehaviorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_without_faults_reaches_its_handler()
    {
        var result = await HandleAsync(new Rename("a", 1), new NameRule(), new CountRule());

        result.ShouldBe("handled");
    }

    [Fact]
    public async Task A_request_without_validators_reaches_its_handler() =>
        (await HandleAsync(new Rename("", -1))).ShouldBe("handled");

    [Fact]
    public async Task All_faults_of_all_validators_are_told_at_once_and_the_handler_is_not_called()
    {
        var result = await HandleAsync(new Rename("", -1), new NameRule(), new CountRule());

        var error = result.Error.ShouldNotBeNull();
        error.Kind.ShouldBe(ErrorKind.Invalid);
        error.Code.ShouldBe("request.invalid");
        error.Fields.Select(field => field.Field).ShouldBe(["Name", "Count"]);
    }

    private static Task<Result<string>> HandleAsync(Rename request, params IValidator<Rename>[] validators) =>
        new ValidationBehavior<Rename, Result<string>>(validators).Handle(request, Ct, () => Task.FromResult<Result<string>>("handled"));

    private sealed record Rename(string Name, int Count) : IRequest<Result<string>>;

    private sealed class NameRule : AbstractValidator<Rename>
    {
        public NameRule() => RuleFor(request => request.Name).NotEmpty();
    }

    private sealed class CountRule : AbstractValidator<Rename>
    {
        public CountRule() => RuleFor(request => request.Count).GreaterThan(0);
    }
}
