using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Knows the sheets that are put around the papers of an account and belong to none: covers, transmittals, fax sheets, lists of contents.</summary>
internal static partial class CoverSheet
{
    private const int MostLines = 45;

    private const int TitleLines = 6;

    /// <summary>A title has at most this many words; a longer line is a sentence that only mentions such a sheet.</summary>
    private const int TitleWords = 9;

    /// <summary>A sheet without a title of its own says this often, line by line, how papers are sent, boxed or scanned.</summary>
    private const int FewestHandlingLines = 3;

    /// <summary>A sheet that is no paper of an account has no more words than this.</summary>
    private const int MostWords = 80;

    /// <summary>With so few words a page is a title sheet, whatever they are.</summary>
    private const int TitleSheetWords = 12;

    /// <summary>A piece of a line with this many words is running text.</summary>
    private const int SentenceWords = 10;

    /// <summary>A page of running text that is headed "Table of contents" only links to one.</summary>
    private const int MostSentences = 4;

    /// <summary>What such a sheet is; null for a page that is none.</summary>
    /// <param name="texts">The lines of the page, as printed.</param>
    public static PageRole? RoleOf(IReadOnlyList<string> texts)
    {
        var titles = texts.Take(TitleLines).Where(text => WordsOf(text) <= TitleWords).ToList();
        var sentences = texts.Count(text => WordsOf(text) >= SentenceWords);
        if (texts.Count <= MostLines && sentences <= MostSentences && titles.Exists(text => ListTitle().IsMatch(text)))
        {
            return PageRole.Contents;
        }

        var handling = texts.Count(text => Handling().IsMatch(text));
        var isHandled = handling >= FewestHandlingLines && handling * 2 >= texts.Count - 2 && texts.Sum(WordsOf) <= MostWords && !texts.Any(text => OfAccount().IsMatch(text));
        return texts.Count <= MostLines && (titles.Exists(text => Title().IsMatch(text)) || isHandled) ? PageRole.Cover : null;
    }

    /// <summary>True for a page that shows nothing of any account: a few words or a short list of labels, without amounts, holders or running text.</summary>
    public static bool IsBare(PageTokens page)
    {
        var texts = page.Layout.Select(line => line.Whole.Text).ToList();
        var words = texts.Sum(WordsOf);
        var isShort = words <= TitleSheetWords || (words <= MostWords && page.Layout.All(line => line.Segments.All(segment => WordsOf(segment.Text) < SentenceWords)));
        return isShort && !texts.Exists(text => OfAccount().IsMatch(text));
    }

    private static int WordsOf(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    [GeneratedRegex(
        @"\btransmittal\b|\bcover(?: |-)?(?:sheet|page|letter sheet|slip|memo)\b"
        + @"|\b(?:records?|files?|documents?|box|carton|archive|custody) transfer\b|\btransfer (?:sheet|slip)\b"
        + @"|\b(?:routing|lead|header|trailer|control|prep|preparation|tracking|target|dispatch|shipping|archive|archiving|indexing|hand-?over|delivery) (?:sheet|slip|page|ticket|header|label|note|record)\b"
        + @"|\bbatch (?:header|ticket|sheet|slip|page|control|cover|summary|label)\b|\b(?:scan|scanning|imaging|capture|document imaging) (?:header|request|batch|sheet|slip|ticket|order|job|cover)\b"
        + @"|\b(?:fax|facsimile|telefax) (?:cover|transmission|transmittal|message|sheet|header|memo)\b|^\W*(?:fax|facsimile|telefax|cover|routing)\W*$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex(
        @"\btable of contents\b|\b(?:contents|list|index|inventory) of (?:the |this )?(?:contents|documents?|enclosures|attachments|accounts|files?|papers|exhibits|forms|box|folder|packet|package)\b"
        + @"|\b(?:documents?|files?|packet|package|loan|account|closing|credit|underwriting|submission|mortgage|audit|folder|box) (?:index|inventory|check ?list|contents|manifest|stacking order)\b"
        + @"|\b(?:packing|shipping) (?:list|manifest)\b|\bstacking (?:order|sheet)\b|\bcheck ?list\b|^\W*(?:index|contents|inventory|manifest|enclosures)\W*$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ListTitle();

    /// <summary>A line that says how papers are sent, boxed, scanned or kept.</summary>
    [GeneratedRegex(
        @"^\W*(?:batch|box|carton|crate|folder|shelf|barcode|bar code|scan|scanned|scanner|scanning|imaged|imaging|indexed|operator|station|queue|retention|destination|archive|archived|courier|shipment|shipped|tracking"
        + @"|prepared|date (?:sent|shipped|scanned|received|prepared|imaged)|sent|received|recipient|sender|attention|attn|fax|facsimile|to|from|cc|deliver to|return to|route to|department|office|branch|requested by"
        + @"|(?:number|no\.?|nbr|count|total) (?:of )?(?:accounts|files|pages|documents|records|sheets|items|customers|loans|images|folders|boxes)|pages|sheet|(?:customer|loan|account|credit) files|files|documents|items"
        + @"|document (?:class|type|group)|class|sequence|job|special instructions|instructions|priority|urgent)\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Handling();

    /// <summary>What only papers of an account print: amounts, rates, people with their marks, the words of the business, and the names of papers.</summary>
    [GeneratedRegex(
        @"[$€£] ?[0-9]|[0-9][.,][0-9]{2}\b|[0-9] ?%|@|[0-9*xX]{3}-[0-9*xX]{2}-[0-9]{4}"
        + @"|\b(?:account|loan|note|acct|a/c) ?(?:number|no\b|nbr|num\b|#)|\b(?:borrowers?|co-?borrower|guarantors?|grantor|trustee|applicants?|owners?|holders?|signers?|signatures?|signed|ssn|tin|birth|licen[sc]e|passport"
        + @"|principal|maturity|interest|apr|apy|deposits?|deposited|withdrawals?|balance|beneficiary|beneficiaries|collateral|mortgagor|depositor|amount|payments?|checks?|notary|dear"
        + @"|pay|salary|wages?|employers?|employees?|income|tax|insurance|appraisal|title|deed|statement|agreement|application|disclosure|receipt|invoice|letter|certificate|resolution|policy|terms|authori[sz]ation|contract)\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OfAccount();
}
