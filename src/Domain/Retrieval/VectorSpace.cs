namespace Idp.Domain.Retrieval;

/// <summary>Who makes vectors, and how: only vectors of the same space can be compared.</summary>
/// <param name="Name">Stands for provider, model and all settings that change what they make.</param>
public readonly record struct VectorSpace(string Name)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>Brings vectors to the length 1, so that their product is the cosine of the angle between them.</summary>
public static class UnitVector
{
    /// <summary>The vector of the same direction with the length 1; null where there is no direction, or a number that is none.</summary>
    public static float[]? Of(ReadOnlySpan<float> vector)
    {
        var squares = 0.0;
        foreach (var number in vector)
        {
            squares += (double)number * number;
        }

        if (!double.IsFinite(squares) || squares == 0)
        {
            return null;
        }

        var (length, unit) = (Math.Sqrt(squares), new float[vector.Length]);
        for (var index = 0; index < unit.Length; index++)
        {
            unit[index] = (float)(vector[index] / length);
        }

        return unit;
    }
}
