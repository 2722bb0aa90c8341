using FluentValidation;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Kernel.Behaviors;

/// <summary>Runs a request's validators; answers with one <see cref="ErrorKind.Invalid"/> error instead of calling the handler.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">Its answer.</typeparam>
public sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IFallible<TResponse>
{
    /// <inheritdoc />
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        await RequestValidation.FindErrorAsync(validators, request, cancellationToken) is { } error ? TResponse.Fail(error) : await next();
}

/// <summary>Makes one error of everything that a request's validators find.</summary>
internal static class RequestValidation
{
    /// <summary>The error, or null when the request keeps all rules.</summary>
    public static async Task<Error?> FindErrorAsync<TRequest>(IEnumerable<IValidator<TRequest>> validators, TRequest request, CancellationToken ct)
    {
        var fields = new List<FieldError>();
        foreach (var validator in validators)
        {
            var outcome = await validator.ValidateAsync(request, ct);
            fields.AddRange(outcome.Errors.Select(failure => new FieldError(failure.PropertyName, failure.ErrorMessage)));
        }

        return fields.Count == 0
            ? null
            : new Error(ErrorKind.Invalid, "request.invalid", "The request breaks one or more rules.") { Fields = fields.ToValueList() };
    }
}
