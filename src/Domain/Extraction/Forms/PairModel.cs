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
        new("RightOfColon", 1.06, pair => Number(pair.Is(PairLink.RightOfColon))),
        new("BelowColon", -0.81, pair => Number(pair.Is(PairLink.BelowColon))),
        new("RightOfCaption", 0.86, pair => Number(pair.Is(PairLink.RightOfCaption))),
        new("BelowCaption", -0.77, pair => Number(pair.Is(PairLink.BelowCaption))),
        new("ColumnOfTable", -2.54, pair => Number(pair.Is(PairLink.ColumnOfTable))),
        new("RowOfTable", -1.41, pair => Number(pair.Is(PairLink.RowOfTable))),
        new("Joined", -1.77, pair => Number(pair.Is(PairLink.Joined))),
        new("KeyLooksRight", 0.58, pair => Number(pair.KeyLooksRight)),
        new("KeyAverage", -0.85, pair => pair.KeyAverage),
        new("KeyLength", -0.52, pair => pair.KeyLength),
        new("KeyIsTiny", -1.17, pair => Number(pair.KeyIsTiny)),
        new("ValueIsFigure", 0.59, pair => Number(pair.ValueIsFigure)),
        new("ValueIsCaption", -0.48, pair => Number(pair.ValueIsCaption)),
        new("ValueOnBlank", 0.76, pair => Number(pair.ValueOnBlank)),
        new("CapitalsThenSmall", 0.60, pair => Number(pair.CapitalsThenSmall)),
        new("ValueBeginsSmall", -0.96, pair => Number(pair.ValueBeginsSmall)),
        new("SameText", -2.40, pair => Number(pair.SameText)),
        new("KeyIsValueOfColon", -1.54, pair => Number(pair.KeyIsValueOfColon)),
        new("KeyBeginsLine", 0.43, pair => Number(pair.KeyBeginsLine)),
        new("SpaceBetween", -0.47, pair => pair.SpaceBetween),
        new("BelowDespiteRight", -1.35, pair => Number(pair.BelowDespiteRight)),
        new("BelowDespiteClose", -0.51, pair => Number(pair.BelowDespiteClose)),
        new("BelowLooksLikeCaption", -0.49, pair => Number(pair.BelowLooksLikeCaption)),
        new("Siblings", 0.38, pair => pair.Siblings),
        new("AlignedLines", 0.55, pair => pair.AlignedLines),
        new("CaptionsAtEdge", 0.46, pair => pair.CaptionsAtEdge),
        new("CellsOnLine", -0.57, pair => pair.CellsOnLine),
        new("Lines", 0.39, pair => pair.Lines),
        new("StopsShort", -1.74, pair => Number(pair.StopsShort)),
        new("LinesLeftOut", -0.72, pair => pair.LinesLeftOut),
        new("KeyLines", -1.78, pair => pair.KeyLines),
        new("KeyLeavesOutLine", -0.85, pair => Number(pair.KeyLeavesOutLine)),
        new("RowsOfColumn", 1.78, pair => pair.RowsOfColumn),
        new("WordsInColumn", -1.43, pair => pair.WordsInColumn),
        new("ColumnsBeside", 0.56, pair => pair.ColumnsBeside),
        new("HeaderAmongFigures", -4.30, pair => Number(pair.HeaderAmongFigures)),
        new("PlaceInRow", -0.75, pair => pair.PlaceInRow),
        new("FiguresInRow", -1.96, pair => pair.FiguresInRow),
        new("CellsInRow", -0.36, pair => pair.CellsInRow),
        new("RowHasCaptionBetween", -0.66, pair => Number(pair.RowHasCaptionBetween)),
        new("RowsAligned", 0.51, pair => pair.RowsAligned),
        new("GapOfJoined", -0.51, pair => pair.GapOfJoined),
        new("KeyIsExactlyCommon", -0.16, pair => Number(pair.KeyIsExactlyCommon)),
        new("KeyLooksRight_Joined", -0.55, pair => pair.Is(PairLink.Joined) ? Number(pair.KeyLooksRight) : 0),
        new("ValueHasDigit_Joined", 1.22, pair => pair.Is(PairLink.Joined) ? Number(pair.ValueHasDigit) : 0),
        new("KeyLength_ColumnOfTable", -1.66, pair => pair.Is(PairLink.ColumnOfTable) ? pair.KeyLength : 0),
        new("KeyLength_RowOfTable", 0.53, pair => pair.Is(PairLink.RowOfTable) ? pair.KeyLength : 0),
        new("KeyLength_Joined", -0.60, pair => pair.Is(PairLink.Joined) ? pair.KeyLength : 0),
        new("ValueLength_RightOfCaption", -0.45, pair => pair.Is(PairLink.RightOfCaption) ? pair.ValueLength : 0),
        new("ValueLength_BelowCaption", -0.94, pair => pair.Is(PairLink.BelowCaption) ? pair.ValueLength : 0),
        new("ValueLength_Joined", -1.03, pair => pair.Is(PairLink.Joined) ? pair.ValueLength : 0),
        new("Lines_BelowCaption", -0.93, pair => pair.Is(PairLink.BelowCaption) ? pair.Lines : 0),
        new("Lines_RightOfCaption", -2.29, pair => pair.Is(PairLink.RightOfCaption) ? pair.Lines : 0),
        new("KeyIsCommon_ColumnOfTable", 2.66, pair => pair.Is(PairLink.ColumnOfTable) ? Number(pair.KeyIsCommon) : 0),
        new("KeyDoubt", -0.80, pair => pair.KeyDoubt),
        new("ValueDoubt", -0.67, pair => pair.ValueDoubt),
        new("HeightDiffers", -0.44, pair => pair.HeightDiffers),
        new("KeyBelowTop", -1.82, pair => pair.KeyBelowTop),
        new("KeyLabelWords", 1.23, pair => pair.KeyLabelWords),
        new("ValueLabelWords", -1.61, pair => pair.ValueLabelWords),
        new("LabelsBesideValue", -2.52, pair => pair.LabelsBesideValue),
        new("RowFigure", 0.85, pair => Number(pair.RowFigure)),
        new("LabelsBesideKey_BelowCaption", 1.56, pair => pair.Is(PairLink.BelowCaption) ? pair.LabelsBesideKey : 0),
        new("LabelsBesideKey_RowOfTable", -2.29, pair => pair.Is(PairLink.RowOfTable) ? pair.LabelsBesideKey : 0),
        new("LabelsBesideKey_Joined", 0.90, pair => pair.Is(PairLink.Joined) ? pair.LabelsBesideKey : 0),
        new("KeyLabelWords_RowOfTable", -0.68, pair => pair.Is(PairLink.RowOfTable) ? pair.KeyLabelWords : 0),
        new("KeyLabelWords_Joined", 1.02, pair => pair.Is(PairLink.Joined) ? pair.KeyLabelWords : 0),
        new("StopsShort_RowOfTable", -0.18, pair => pair.Is(PairLink.RowOfTable) ? Number(pair.StopsShort) : 0),
        new("KeyIsFilledIn", -0.78, pair => Number(pair.KeyIsFilledIn)),
        new("ValueIsFilledIn", 0.43, pair => Number(pair.ValueIsFilledIn)),
    ];

    /// <summary>How likely the pair is right, 0 to 1.</summary>
    public static double Likelihood(PairEvidence pair) => 1 / (1 + Math.Exp(-Terms.Sum(term => term.Weight * term.Of(pair))));

    private static double Number(bool holds) => holds ? 1 : 0;

    /// <summary>One kind of evidence.</summary>
    internal sealed record Term(string Name, double Weight, Func<PairEvidence, double> Of);
}
