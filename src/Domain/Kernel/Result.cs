using System.Diagnostics.CodeAnalysis;

namespace Idp.Domain.Kernel;

/// <summary>Lets generic code make a failure of the right type without reflection.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IFallible<TSelf>
    where TSelf : IFallible<TSelf>
{
    /// <summary>The failure, or null on success.</summary>
    Error? Error { get; }

    /// <summary>Makes a failed <typeparamref name="TSelf"/>.</summary>
    static abstract TSelf Fail(Error error);
}

/// <summary>Either a value or an <see cref="Error"/>.</summary>
/// <typeparam name="T">The success type.</typeparam>
public sealed record Result<T> : IFallible<Result<T>>
{
    private Result(T? value, Error? error) => (Value, Error) = (value, error);

    /// <summary>The value; meaningful only when <see cref="IsSuccess"/>.</summary>
    public T? Value { get; }

    /// <inheritdoc />
    public Error? Error { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <inheritdoc />
    public static Result<T> Fail(Error error) => new(default, error);

    /// <summary>Wraps a value; needed where <typeparamref name="T"/> is an interface, which has no implicit conversion.</summary>
    public static Result<T> Success(T value) => new(value, null);

    /// <summary>Wraps a value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps an error.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>Applies one of two functions.</summary>
    public TOut Match<TOut>(Func<T, TOut> success, Func<Error, TOut> failure) => IsSuccess ? success(Value) : failure(Error);
}

/// <summary>The value of an operation that answers only whether it succeeded.</summary>
public readonly record struct Done
{
    /// <summary>The only value.</summary>
    public static Done Value => default;
}
