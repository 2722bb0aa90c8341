namespace Idp.Api.CommandLine.Evaluation;

/// <summary>Counts how well passages were ranked over many questions.</summary>
internal sealed class RetrievalTally
{
    private const int Considered = 10;

    private double _gain;
    private double _recall;
    private int _questions;

    /// <summary>Mean discounted gain of the first ten, 0 to 1; null without questions.</summary>
    public double? Ndcg => _questions == 0 ? null : _gain / _questions;

    /// <summary>Mean share of the relevant passages that are among the first ten; null without questions.</summary>
    public double? Recall => _questions == 0 ? null : _recall / _questions;

    /// <summary>Counts one question.</summary>
    /// <param name="ranked">Passages, best first.</param>
    /// <param name="relevant">How relevant each passage is; those that are missing are not.</param>
    public void Add(IEnumerable<string> ranked, IReadOnlyDictionary<string, int> relevant)
    {
        var first = ranked.Take(Considered).ToList();
        var ideal = relevant.Values.OrderDescending().Take(Considered).Select(GainAt).Sum();
        _gain += ideal > 0 ? first.Select((passage, index) => GainAt(relevant.GetValueOrDefault(passage), index)).Sum() / ideal : 0;
        _recall += relevant.Count > 0 ? (double)first.Count(relevant.ContainsKey) / relevant.Count : 0;
        _questions++;
    }

    private static double GainAt(int grade, int index) => (Math.Pow(2, grade) - 1) / Math.Log2(index + 2);
}
