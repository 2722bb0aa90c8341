using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Where a value stands in relation to what announces it.</summary>
public enum ValuePlace
{
    /// <summary>In the label's own line of words.</summary>
    Inline,

    /// <summary>In the next cell to the right.</summary>
    Right,

    /// <summary>Under the label.</summary>
    Below,

    /// <summary>Within a sentence.</summary>
    Sentence,

    /// <summary>In a postal block under or beside a label.</summary>
    Block,

    /// <summary>In the letterhead.</summary>
    Letterhead,

    /// <summary>Recognised by its own shape or by a heading, without a label.</summary>
    Unlabelled,

    /// <summary>Named by a language model and found on the page.</summary>
    Model,
}

/// <summary>What is known about one reading of one value.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Label">How specific and how well read the label is, 0 to 1; 0 when there is none.</param>
/// <param name="Distance">How far it stands from its label, in line heights or cells; 0 is next to it.</param>
/// <param name="Shape">How surely the text has the form of its type, 0 to 1: a date has, a bare number as an amount has not.</param>
/// <param name="EvidenceMatch">How well the value agrees with the printed words, 0 to 1; 1 when it was taken from them.</param>
/// <param name="WordConfidence">The confidence of its least sure word, 0 to 1.</param>
public readonly record struct ConfidenceSignals(
    ValuePlace Place, double Label, double Distance, double Shape, double EvidenceMatch = 1, double WordConfidence = 1);

/// <summary>Computes how likely a value is right. The weights are set by hand and checked against labelled packets.</summary>
public static class ConfidenceModel
{
    /// <summary>A value that is not on the page is never trusted more than this.</summary>
    public static readonly Confidence UnsupportedCap = new(0.35);

    /// <summary>Another place that says the same takes away this share of the doubt, times its own confidence.</summary>
    private const double AgreementShare = 0.35;

    /// <summary>Another source that says the same takes away this share of the doubt, times its own confidence: it errs in other ways.</summary>
    private const double ConfirmationShare = 0.6;

    /// <summary>A contradicting value takes away this share of the confidence, times its own.</summary>
    private const double ConflictShare = 0.3;

    /// <summary>The confidence of one reading.</summary>
    public static Confidence Score(ConfidenceSignals signals)
    {
        var log = Base(signals.Place)
            + (1.6 * (signals.Label - 0.8))
            - (0.25 * Math.Max(0, signals.Distance - 1))
            + (2.4 * (signals.Shape - 0.9))
            + (6.0 * (signals.EvidenceMatch - 1))
            + (2.6 * (Math.Clamp(signals.WordConfidence, 0, 1) - 0.95));
        return new Confidence(1 / (1 + Math.Exp(-log)));
    }

    /// <summary>The confidence of a value that several independent places agree on; the order does not matter.</summary>
    /// <param name="readings">Confidences of the places; at least one.</param>
    public static Confidence Agree(IEnumerable<Confidence> readings)
    {
        var sorted = readings.Select(reading => reading.Value).OrderDescending().ToList();
        return new Confidence(1 - sorted.Skip(1).Aggregate(1 - sorted[0], (doubt, other) => doubt * (1 - (AgreementShare * other))));
    }

    /// <summary>The confidence of a value that two sources read independently, be it at one place; which is which does not matter.</summary>
    public static Confidence Confirm(Confidence first, Confidence second)
    {
        var (more, less) = first > second ? (first.Value, second.Value) : (second.Value, first.Value);
        return new Confidence(1 - ((1 - more) * (1 - (ConfirmationShare * less))));
    }

    /// <summary>The confidence of a value when another one is read for the same field.</summary>
    public static Confidence Dispute(Confidence winner, Confidence runnerUp) =>
        new(winner.Value * (1 - (ConflictShare * Math.Min(1, runnerUp.Value / Math.Max(winner.Value, 0.01)))));

    /// <summary>True when the runner-up is so close that neither can be believed.</summary>
    public static bool IsConflict(Confidence winner, Confidence runnerUp) =>
        runnerUp.Value >= 0.5 && runnerUp.Value >= 0.9 * winner.Value;

    private static double Base(ValuePlace place) => place switch
    {
        ValuePlace.Inline => 2.6,
        ValuePlace.Right => 2.5,
        ValuePlace.Below => 2.2,
        ValuePlace.Sentence => 1.8,
        ValuePlace.Block => 2.4,
        ValuePlace.Letterhead => 2.3,
        ValuePlace.Unlabelled => 1.6,
        ValuePlace.Model => 2.2,
    };
}
