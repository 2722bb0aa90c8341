using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Finds the labelled account numbers of a page: beside their label, beneath it, or in the column that it heads.</summary>
internal static partial class AccountMentionFinder
{
    /// <summary>A value beneath its label stands within this many lines.</summary>
    private const int LinesBelow = 3;

    /// <summary>A value beneath its label is at most this far from it, as a fraction of the page height.</summary>
    private const double FurthestBelow = 0.06;

    /// <summary>A value that is not quite on its label's line is at most this far to the right, as a fraction of the page width.</summary>
    private const double FurthestRight = 0.25;

    /// <summary>… and this many line heights above or below.</summary>
    private const double LineOffset = 1.5;

    private const int HeadingWords = 5;

    private const int WordsCarriedOver = 6;

    /// <summary>All mentions, from the top of the page down.</summary>
    public static IReadOnlyList<AccountMention> Find(PageTokens page)
    {
        var mentions = new List<AccountMention>();
        for (var line = 0; line < page.Lines.Count; line++)
        {
            var labels = LabelsOf(page, line);
            var found = labels.Select(label => (label.Strength, Mentions: Read(page, label).ToList())).ToList();
            var strongest = found.Where(each => each.Mentions.Count > 0).Select(each => each.Strength).DefaultIfEmpty().Max();

            // Beside a column "Loan No" or "Loan Account", a column "Account" holds a customer number.
            mentions.AddRange(found.Where(each => each.Strength == strongest).SelectMany(each => each.Mentions));
        }

        return mentions;
    }

    private static List<Label> LabelsOf(PageTokens page, int line)
    {
        var tokens = page.Lines[line];
        var labels = new List<Label>();
        for (var start = 0; start < tokens.Count; start++)
        {
            var label = LabelAt(page, line, start);
            if (label is not null)
            {
                labels.Add(label);
                start = label.End - 1;
            }
        }

        return labels;
    }

    private static Label? LabelAt(PageTokens page, int line, int start)
    {
        var tokens = page.Lines[line];
        var squashed = string.Empty;
        Label? best = null;
        for (var end = start; end < Math.Min(tokens.Count, start + AccountLabels.MostWords); end++)
        {
            if (tokens[end].Segment != tokens[start].Segment)
            {
                break;
            }

            var part = AccountLabels.Squash(tokens[end].Text);
            if ((part.Length is 0 && (end == start || tokens[end].Text.Length > 1)) || tokens[end].Text.Any(char.IsAsciiDigit))
            {
                break;
            }

            squashed += part;
            if (AccountLabels.StrengthOf(squashed, page.Recognised) is { } strength)
            {
                best = new Label(line, start, end + 1, strength);
            }
        }

        return best;
    }

    private static IEnumerable<AccountMention> Read(PageTokens page, Label label)
    {
        var tokens = page.Lines[label.Line];
        var at = label.End;
        while (at < tokens.Count && IsFiller(tokens[at].Text))
        {
            at++;
        }

        if (NumberReader.ReadAt(tokens, at, page.Recognised) is { } beside)
        {
            yield return Mention(page, label, label.Line, beside, RoleBeside(page, label, beside));
            yield break;
        }

        if (IsInSentence(page, label))
        {
            if (at >= tokens.Count && label.Line + 1 < page.Lines.Count && NumberReader.ReadAt(page.Lines[label.Line + 1], 0, page.Recognised) is { } carried)
            {
                yield return Mention(page, label, label.Line + 1, carried, RoleBeside(page, label, carried));
            }

            yield break;
        }

        if (at < tokens.Count && tokens[at].Segment == tokens[label.Start].Segment && label.Strength is LabelStrength.Bare)
        {
            yield break;
        }

        var beneath = ReadBeneath(page, label).ToList();
        foreach (var mention in beneath)
        {
            yield return mention;
        }

        if (beneath.Count is 0 && ReadOffLine(page, label) is { } offLine)
        {
            yield return offLine;
        }
    }

    /// <summary>A value to the right that stands a little above or below its label, as if on a line of its own.</summary>
    private static AccountMention? ReadOffLine(PageTokens page, Label label)
    {
        var last = page.Lines[label.Line][label.End - 1].Box;
        foreach (var line in (ReadOnlySpan<int>)[label.Line + 1, label.Line - 1])
        {
            if (line < 0 || line >= page.Lines.Count)
            {
                continue;
            }

            var tokens = page.Lines[line];
            var at = Enumerable.Range(0, tokens.Count).FirstOrDefault(place => tokens[place].Box.X >= last.Right - (last.Width / 4), -1);
            if (at >= 0 && tokens[at].Box.X - last.Right < FurthestRight
                && Math.Abs(tokens[at].Box.CenterY - last.CenterY) < LineOffset * Math.Max(tokens[at].Box.Height, last.Height)
                && NumberReader.ReadAt(tokens, at, page.Recognised) is { } number)
            {
                return Mention(page, label, line, number, label.Strength is LabelStrength.Bare ? MentionRole.Weak : MentionRole.Owner);
            }
        }

        return null;
    }

    private static IEnumerable<AccountMention> ReadBeneath(PageTokens page, Label label)
    {
        var column = page.Lines[label.Line].Skip(label.Start).Take(label.End - label.Start).Select(token => token.Box).Aggregate((all, next) => all.Union(next));
        var found = new List<(int Line, ReadNumber Number)>();
        var (strength, bottom) = (label.Strength, column.Bottom);
        for (var line = label.Line + 1; line < page.Lines.Count; line++)
        {
            var tokens = page.Lines[line];
            var (steps, gap) = (line - (found.Count > 0 ? found[^1].Line : label.Line), tokens.Min(token => token.Box.Y) - bottom);
            if (steps > LinesBelow || gap > FurthestBelow)
            {
                break;
            }

            var under = Enumerable.Range(0, tokens.Count).FirstOrDefault(place => tokens[place].Box.HorizontalOverlap(column) > 0.3, -1);
            if (under < 0)
            {
                continue;
            }

            if (found.Count is 0 && AccountLabels.IsSuffix(AccountLabels.Squash(tokens[under].Text)))
            {
                (strength, bottom) = (LabelStrength.Numbered, tokens[under].Box.Bottom);
                continue;
            }

            var first = FirstOfSegment(tokens, under, column);
            if (NumberReader.ReadAt(tokens, first, page.Recognised) is not { } number)
            {
                if (found.Count is 0 && !IsFiller(tokens[under].Text))
                {
                    break;
                }

                continue;
            }

            found.Add((line, number));
            bottom = tokens[first].Box.Bottom;
        }

        var isList = found.Select(each => each.Number.Number.Key).Distinct().Count() > 1;
        var role = isList ? MentionRole.Listed : strength is LabelStrength.Bare ? MentionRole.Weak : MentionRole.Owner;
        return found.Select(each => Mention(page, label, each.Line, each.Number, role));
    }

    /// <summary>Steps back over the groups of a number that begins left of its label's middle.</summary>
    private static int FirstOfSegment(IReadOnlyList<LineToken> tokens, int under, Kernel.Box column)
    {
        var first = under;
        while (first > 0 && tokens[first - 1].Segment == tokens[under].Segment && column.X - tokens[first - 1].Box.X < column.Width
            && tokens[first - 1].Text.Any(char.IsAsciiDigit))
        {
            first--;
        }

        return first;
    }

    private static MentionRole RoleBeside(PageTokens page, Label label, ReadNumber number)
    {
        var tokens = page.Lines[label.Line];
        var segment = tokens[label.Start].Segment;
        var before = tokens.Take(label.Start).Where(token => token.Segment == segment).Select(token => token.Text).ToList();
        if (before.Count is 0 && label.Line > 0 && label.Start is 0 && char.IsLower(tokens[0].Text[0]))
        {
            before.AddRange(page.Lines[label.Line - 1].TakeLast(WordsCarriedOver).Select(token => token.Text));
        }

        var after = tokens.Skip(number.Next).Where(token => token.Segment == segment).Select(token => token.Text).ToList();
        var above = label.Line > 0 && page.Lines[label.Line - 1].Count <= HeadingWords ? page.Lines[label.Line - 1].Select(token => token.Text).ToList() : [];
        return MentionContext.RoleOf(before, after, above);
    }

    private static bool IsInSentence(PageTokens page, Label label)
    {
        var tokens = page.Lines[label.Line];
        return tokens.Take(label.Start).Count(token => token.Segment == tokens[label.Start].Segment && token.Text.Any(char.IsLower)) >= 3;
    }

    private static AccountMention Mention(PageTokens page, Label label, int line, ReadNumber number, MentionRole role)
    {
        var words = page.Lines[label.Line].Skip(label.Start).Take(label.End - label.Start).Select(token => token.Text);
        var pointer = Pointer().Match(page.Layout[line].Whole.Text);
        var detailsOn = pointer.Success && int.TryParse(pointer.Groups[1].ValueSpan, out var target) ? target : (int?)null;
        return new AccountMention(
            page.Page.Number, number.Number, string.Join(' ', words).Trim(':', '.', ' ').Trim(), role, number.Confidence,
            page.Recognised, role is MentionRole.Listed ? detailsOn : null);
    }

    private static bool IsFiller(string text) => text is ":" or "#" or "-" or "–" or "is" or "of" or "." or "|" or "No" or "No." or "(s)" or "_" or "::" or "—";

    [GeneratedRegex(@"\b(?:page|pg)\.?\s*(\d{1,3})\s*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Pointer();

    private sealed record Label(int Line, int Start, int End, LabelStrength Strength);
}
