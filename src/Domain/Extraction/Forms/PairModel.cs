namespace Idp.Domain.Extraction;

/// <summary>Weighs the evidence for a pair: a logistic regression whose weights are fixed here.</summary>
/// <remarks>
/// The weights were fitted to all candidates of scanned business forms, as character recognition read them, against what people had marked on
/// them; evidence that changed nothing was left out. A term named after a kind of link counts for that kind only.
/// </remarks>
internal static class PairModel
{
    internal static readonly Term[] Terms =
    [
        new("RightOfColon", 0.87, pair => Number(pair.Is(PairLink.RightOfColon))),
        new("BelowColon", -0.91, pair => Number(pair.Is(PairLink.BelowColon))),
        new("RightOfCaption", 0.73, pair => Number(pair.Is(PairLink.RightOfCaption))),
        new("BelowCaption", -0.99, pair => Number(pair.Is(PairLink.BelowCaption))),
        new("ColumnOfTable", -2.65, pair => Number(pair.Is(PairLink.ColumnOfTable))),
        new("RowOfTable", -1.44, pair => Number(pair.Is(PairLink.RowOfTable))),
        new("Joined", -1.75, pair => Number(pair.Is(PairLink.Joined))),
        new("KeyLooksRight", 0.51, pair => Number(pair.KeyLooksRight)),
        new("KeyAverage", -0.46, pair => pair.KeyAverage),
        new("KeyLength", -0.58, pair => pair.KeyLength),
        new("KeyIsTiny", -1.03, pair => Number(pair.KeyIsTiny)),
        new("ValueIsFigure", 0.48, pair => Number(pair.ValueIsFigure)),
        new("ValueIsCaption", -0.36, pair => Number(pair.ValueIsCaption)),
        new("ValueOnBlank", 0.81, pair => Number(pair.ValueOnBlank)),
        new("CapitalsThenSmall", 0.52, pair => Number(pair.CapitalsThenSmall)),
        new("ValueBeginsSmall", -0.98, pair => Number(pair.ValueBeginsSmall)),
        new("SameText", -2.31, pair => Number(pair.SameText)),
        new("KeyIsValueOfColon", -1.54, pair => Number(pair.KeyIsValueOfColon)),
        new("KeyBeginsLine", 0.48, pair => Number(pair.KeyBeginsLine)),
        new("SpaceBetween", -0.39, pair => pair.SpaceBetween),
        new("BelowDespiteRight", -1.43, pair => Number(pair.BelowDespiteRight)),
        new("BelowDespiteClose", -0.55, pair => Number(pair.BelowDespiteClose)),
        new("BelowLooksLikeCaption", -0.53, pair => Number(pair.BelowLooksLikeCaption)),
        new("Siblings", 0.29, pair => pair.Siblings),
        new("AlignedLines", 0.47, pair => pair.AlignedLines),
        new("CaptionsAtEdge", 0.42, pair => pair.CaptionsAtEdge),
        new("CellsOnLine", -0.63, pair => pair.CellsOnLine),
        new("Lines", 0.48, pair => pair.Lines),
        new("StopsShort", -1.62, pair => Number(pair.StopsShort)),
        new("LinesLeftOut", -0.56, pair => pair.LinesLeftOut),
        new("KeyLines", -1.82, pair => pair.KeyLines),
        new("KeyLeavesOutLine", -0.78, pair => Number(pair.KeyLeavesOutLine)),
        new("RowsOfColumn", 1.28, pair => pair.RowsOfColumn),
        new("WordsInColumn", -0.71, pair => pair.WordsInColumn),
        new("ColumnsBeside", 0.42, pair => pair.ColumnsBeside),
        new("HeaderAmongFigures", -3.99, pair => Number(pair.HeaderAmongFigures)),
        new("PlaceInRow", -0.82, pair => pair.PlaceInRow),
        new("FiguresInRow", -1.73, pair => pair.FiguresInRow),
        new("CellsInRow", -0.42, pair => pair.CellsInRow),
        new("RowHasCaptionBetween", -0.54, pair => Number(pair.RowHasCaptionBetween)),
        new("RowsAligned", 0.45, pair => pair.RowsAligned),
        new("GapOfJoined", -0.63, pair => pair.GapOfJoined),
        new("KeyIsExactlyCommon", -0.04, pair => Number(pair.KeyIsExactlyCommon)),
        new("KeyLooksRight_Joined", -0.49, pair => pair.Is(PairLink.Joined) ? Number(pair.KeyLooksRight) : 0),
        new("ValueHasDigit_Joined", 1.21, pair => pair.Is(PairLink.Joined) ? Number(pair.ValueHasDigit) : 0),
        new("KeyLength_ColumnOfTable", -0.84, pair => pair.Is(PairLink.ColumnOfTable) ? pair.KeyLength : 0),
        new("KeyLength_RowOfTable", 0.66, pair => pair.Is(PairLink.RowOfTable) ? pair.KeyLength : 0),
        new("KeyLength_Joined", -0.61, pair => pair.Is(PairLink.Joined) ? pair.KeyLength : 0),
        new("ValueLength_RightOfCaption", -0.49, pair => pair.Is(PairLink.RightOfCaption) ? pair.ValueLength : 0),
        new("ValueLength_BelowCaption", -0.81, pair => pair.Is(PairLink.BelowCaption) ? pair.ValueLength : 0),
        new("ValueLength_Joined", -0.98, pair => pair.Is(PairLink.Joined) ? pair.ValueLength : 0),
        new("Lines_BelowCaption", -0.84, pair => pair.Is(PairLink.BelowCaption) ? pair.Lines : 0),
        new("Lines_RightOfCaption", -2.51, pair => pair.Is(PairLink.RightOfCaption) ? pair.Lines : 0),
        new("KeyIsCommon_ColumnOfTable", 2.18, pair => pair.Is(PairLink.ColumnOfTable) ? Number(pair.KeyIsCommon) : 0),
        new("KeyDoubt", -0.95, pair => pair.KeyDoubt),
        new("ValueDoubt", -0.44, pair => pair.ValueDoubt),
        new("HeightDiffers", -0.55, pair => pair.HeightDiffers),
        new("KeyBelowTop", -1.85, pair => pair.KeyBelowTop),
        new("KeyLabelWords", 1.11, pair => pair.KeyLabelWords),
        new("ValueLabelWords", -1.61, pair => pair.ValueLabelWords),
        new("LabelsBesideValue", -2.65, pair => pair.LabelsBesideValue),
        new("RowFigure", 0.59, pair => Number(pair.RowFigure)),
        new("LabelsBesideKey_BelowCaption", 1.56, pair => pair.Is(PairLink.BelowCaption) ? pair.LabelsBesideKey : 0),
        new("LabelsBesideKey_RowOfTable", -2.07, pair => pair.Is(PairLink.RowOfTable) ? pair.LabelsBesideKey : 0),
        new("LabelsBesideKey_Joined", 0.63, pair => pair.Is(PairLink.Joined) ? pair.LabelsBesideKey : 0),
        new("KeyLabelWords_RowOfTable", -0.74, pair => pair.Is(PairLink.RowOfTable) ? pair.KeyLabelWords : 0),
        new("KeyLabelWords_Joined", 1.03, pair => pair.Is(PairLink.Joined) ? pair.KeyLabelWords : 0),
        new("StopsShort_RowOfTable", -0.06, pair => pair.Is(PairLink.RowOfTable) ? Number(pair.StopsShort) : 0),
        new("KeyIsFilledIn", -1.00, pair => Number(pair.KeyIsFilledIn)),
        new("ValueIsFilledIn", 0.62, pair => Number(pair.ValueIsFilledIn)),
        new("CaptionInLines", 2.51, pair => Number(pair.CaptionInLines)),
        new("CaptionBroken", -5.33, pair => Number(pair.CaptionBroken)),
    ];

    /// <summary>How likely the pair is right, 0 to 1.</summary>
    public static double Likelihood(PairEvidence pair) => 1 / (1 + Math.Exp(-Terms.Sum(term => term.Weight * term.Of(pair))));

    private static double Number(bool holds) => holds ? 1 : 0;

    /// <summary>One kind of evidence.</summary>
    internal sealed record Term(string Name, double Weight, Func<PairEvidence, double> Of);
}
