using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Reads the filled-in entries of forms as pairs of a printed key and a value.</summary>
public static class PairReader
{
    /// <summary>Reads the pairs.</summary>
    /// <param name="schema">Its field of type <see cref="FieldType.Pair"/> names the results and lists captions that are common keys.</param>
    /// <param name="pages">The pages, in order.</param>
    /// <returns>One field a pair, with the printed key in <see cref="ExtractedField.Key"/>, in reading order.</returns>
    public static ValueList<ExtractedField> Read(ExtractionSchema schema, IReadOnlyList<Page> pages) => [];
}
