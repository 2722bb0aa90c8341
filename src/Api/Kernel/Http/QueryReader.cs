using System.Globalization;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Http;

/// <summary>Reads query parameters one after the other and remembers everything that is wrong with them; an empty one counts as not sent.</summary>
internal sealed class QueryReader
{
    private readonly List<FieldError> _faults = [];

    /// <summary>The problem that lists all faults; null when there is none.</summary>
    public ProblemResult? Problem => _faults.Count == 0 ? null : new ProblemResult(RequestProblems.Invalid(_faults));

    /// <summary>One of an enum's members.</summary>
    public TEnum? Member<TEnum>(string name, string? text)
        where TEnum : struct, Enum => Read(name, text, PrintedValues.Read<TEnum>, $"Must be one of {PrintedValues.List<TEnum>()}.");

    /// <summary>An id.</summary>
    public TId? Id<TId>(string name, string? text, string message)
        where TId : struct, IStrongId<TId> => Read<TId>(name, text, static given => StrongId.TryParse<TId>(given, out var id) ? id : null, message);

    /// <summary>Where the next page of a list begins.</summary>
    public TId? Cursor<TId>(string? text)
        where TId : struct, IStrongId<TId> => Id<TId>("cursor", text, "Must be the next_cursor of an earlier answer.");

    /// <summary>A whole number.</summary>
    public int? Number(string name, string? text) => Read<int>(
        name, text, static given => int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, "Must be a whole number.");

    private T? Read<T>(string name, string? text, Func<string, T?> read, string message)
        where T : struct
    {
        var value = string.IsNullOrEmpty(text) ? null : read(text);
        if (value is null && !string.IsNullOrEmpty(text))
        {
            _faults.Add(new FieldError(name, message));
        }

        return value;
    }
}
