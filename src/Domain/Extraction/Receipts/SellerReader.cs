using System.Text.RegularExpressions;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Reads the head of a receipt: who sold, and at which address.</summary>
internal static partial class SellerReader
{
    /// <summary>The seller stands in the first lines of the first page.</summary>
    private const int HeadLines = 16;

    private const int MostAddressLines = 7;

    /// <summary>An address ends where the next line is this many times further away than a line is high.</summary>
    private const double WidestLineGap = 2.2;

    /// <summary>Words below this are taken for scribble beside a name.</summary>
    private const double ScribbleConfidence = 0.45;

    public static ExtractedField? ReadCompany(FieldDefinition field, IReadOnlyList<PrintedLine> lines)
    {
        var head = lines.Take(HeadLines).ToList();
        var address = AddressStart(head);
        var ranked = head
            .Select((line, index) => (Line: line, Score: NameScore(head, index, address)))
            .Where(candidate => candidate.Score > 0)
            .OrderByDescending(candidate => candidate.Score)
            .Select(candidate => (candidate.Line, candidate.Score, Name: NameOf(candidate.Line)))
            .Where(candidate => candidate.Name is not null)
            .ToList();
        if (ranked.Count == 0 || ranked[0].Name is not { } run)
        {
            return null;
        }

        var sure = Math.Min(0.95, (0.3 + (0.14 * ranked[0].Score)) * ReadExactly(run.Words));
        return new ExtractedField(
            field.Name, field.Type, Cleaned(run.Text), run.Text, new Confidence(sure), FieldStatus.Supported, [ranked[0].Line.Proof(run)],
            ranked.Skip(1).Take(3).Select(other => new Alternative(
                Cleaned(other.Name!.Text), new Confidence(sure / 2 * other.Score / ranked[0].Score), other.Line.Page)).ToValueList());
    }

    public static ExtractedField? ReadAddress(FieldDefinition field, IReadOnlyList<PrintedLine> lines)
    {
        var head = lines.Take(HeadLines).ToList();
        var start = AddressStart(head);
        if (start < 0)
        {
            return null;
        }

        var block = new List<PrintedLine> { head[start] };
        if (start > 0 && StartsAddressBlock(head, start - 1))
        {
            block.Insert(0, head[start - 1]);
        }

        for (var index = start + 1; index < head.Count && block.Count < MostAddressLines; index++)
        {
            var height = head[start].Box.Height;
            var isComplete = block.Exists(SellerWords.HoldsPostcode) && !SellerWords.LooksLikeAddress(head[index]) && !SellerWords.IsPlaceName(head[index].Text);
            if (isComplete || SellerWords.EndsAddress(head[index]) || ReceiptAmounts.Of(head[index]).Count > 0
                || head[index].Box.Y - block[^1].Box.Y > WidestLineGap * Math.Max(height, head[index].Box.Height))
            {
                break;
            }

            if (head[index].Folded.Count(char.IsLetterOrDigit) > 2)
            {
                block.Add(head[index]);
            }
        }

        var cues = block.Count(SellerWords.LooksLikeAddress);
        var text = string.Join(", ", block.Select(line => SellerRepair.Address(line.Text)));
        var words = block.SelectMany(line => line.Run.Words).ToList();
        return new ExtractedField(
            field.Name, field.Type, text, string.Join('\n', block.Select(line => line.Text)),
            new Confidence((0.25 + (0.4 * cues / block.Count) + (block.Count > 1 ? 0.1 : 0)) * ReadExactly(words)), FieldStatus.Supported,
            [new Evidence(block[0].Page, string.Join('\n', block.Select(line => line.Text)), block.Select(line => line.Box).ToValueList())], []);
    }

    /// <summary>The first line of an address may name a building or road by itself: plain capitals between the name and the rest.</summary>
    private static bool StartsAddressBlock(List<PrintedLine> head, int index) =>
        index > 0 && !SellerWords.EndsAddress(head[index]) && SellerWords.EndOfLegalForm(head[index].Text) < 0
        && SellerWords.NamesPlace(head[index]) && !head[index].Text.Any(char.IsAsciiDigit)
        && NameScore(head, index, index + 1) < NameScore(head, index - 1, index + 1) - 0.05;

    private static int AddressStart(List<PrintedLine> head)
    {
        for (var index = 0; index < head.Count; index++)
        {
            // A legal form ends a name even when the name has a street's word in it.
            if (ReceiptAmounts.Of(head[index]).Count > 0)
            {
                return -1;
            }

            if (SellerWords.LooksLikeAddress(head[index]) && !SellerWords.EndsAddress(head[index]) && SellerWords.EndOfLegalForm(head[index].Text) < 0)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Zero for what cannot be a name; a legal form counts most, then a trade, then being the first thing printed large.</summary>
    private static double NameScore(List<PrintedLine> head, int index, int address)
    {
        var line = head[index];
        var letters = line.Text.Count(char.IsLetter);
        if (letters < 3 || (letters < line.Text.Count(char.IsAsciiDigit)) || SellerWords.IsRegistration(line.Text))
        {
            return 0;
        }

        var beforeAddress = address < 0 || index < address;
        if (SellerWords.EndOfLegalForm(line.Text) >= 0)
        {
            return beforeAddress ? 4 - (0.05 * index) : 3.2 - (0.05 * index);
        }

        if (!beforeAddress || SellerWords.EndsAddress(line))
        {
            return 0;
        }

        var (trades, others) = SellerWords.CountTrades(line.Folded);
        if (trades > 0 && others > 0)
        {
            return 3 - (0.05 * index);
        }

        // Notes that people write or paste above the head are in small letters; firms print their names in capitals.
        var hasCapitals = line.Text.Any(char.IsUpper);
        var isNearAddress = address >= 0 && address - index <= 3;
        return (hasCapitals ? 1.5 : 0.3) + (isNearAddress ? 0.3 : 0) - (0.1 * index) - (trades > 0 ? 0.5 : 0)
            - (PrintedLine.WordConfidence(line.Run) < 0.6 ? 0.8 : 0);
    }

    private static TextRun? NameOf(PrintedLine line)
    {
        var end = SellerWords.EndOfLegalForm(line.Text);
        var run = end > 0 ? line.Covered(0, end) : line.Run;
        var words = run.Words.ToList();
        var cut = words.FindIndex(1, word => RegistrationNumber().IsMatch(word.Text));
        words = cut > 0 && end < 0 ? words[..cut] : words;
        while (words.Count > 1 && IsNoise(words[0]))
        {
            words.RemoveAt(0);
        }

        while (end < 0 && words.Count > 2 && (IsNoise(words[^1]) || IsScribbleAfterTrade(words)))
        {
            words.RemoveAt(words.Count - 1);
        }

        return words.Count == 0 ? null : TextRun.Of(words);
    }

    private static bool IsNoise(Word word) =>
        !word.Text.Any(char.IsLetterOrDigit) || (word.Confidence.Value < ScribbleConfidence && word.Text.Length < 4);

    /// <summary>A stamp or handwriting beside the name follows the word for the trade, and reads badly.</summary>
    private static bool IsScribbleAfterTrade(List<Word> words) =>
        words[^1].Confidence.Value < 0.75
        && words.Take(words.Count - 1).Skip(1).Any(word => SellerWords.CountTrades(LooseText.Fold(word.Text)).Trades > 0)
        && SellerWords.CountTrades(LooseText.Fold(words[^1].Text)).Trades == 0;

    private static string Cleaned(string name) =>
        SellerRepair.LegalForm(RegistrationNumber().Replace(name, string.Empty).Trim(' ', '-', '*', ',', '(', ':', '='));

    /// <summary>How likely it is that no word is misread: every doubtful word makes it less so.</summary>
    private static double ReadExactly(IReadOnlyCollection<Word> words) => Math.Max(0.2, words.Aggregate(1.0, (sure, word) => sure * ReadExactly(word)));

    private static double ReadExactly(Word word) =>
        (word.Confidence.Value switch { > 0.9 => 0.99, > 0.8 => 0.95, > 0.65 => 0.87, _ => 0.78 }) * (WordShape.IsOdd(word) ? 0.7 : 1);

    [GeneratedRegex(@"\(?\d{4,9}\s?-?\s?[A-Z0-9][)\]}]?.*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex RegistrationNumber();
}
