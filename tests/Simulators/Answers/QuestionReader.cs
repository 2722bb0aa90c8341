using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Simulators.Http;

namespace Idp.Simulators.Answers;

/// <summary>Reads task, account and pages out of the messages: pages are headed by a line <c>[page N]</c> and joined by a line <c>---PAGE BREAK---</c>.</summary>
internal static partial class QuestionReader
{
    private const string PageBreak = "---PAGE BREAK---";

    /// <summary>How many lines below the last page's text may still speak of the account.</summary>
    private const int TailLines = 3;

    /// <summary>Reads a request. Pages are those of the first user message that has any: a later one may ask for a repair.</summary>
    public static ModelQuestion Read(ChatRequest request)
    {
        var users = request.Messages.Where(static message => message.Role == "user").Select(static message => message.Text).ToList();
        var system = string.Join('\n', request.Messages.Where(static message => message.Role is "system" or "developer").Select(static message => message.Text));
        var text = users.FirstOrDefault(static user => PageHead().IsMatch(user)) ?? users.FirstOrDefault() ?? string.Empty;
        var (frame, pages) = Split(text);
        var account = AccountIn(frame);
        if (account is null && pages.Count > 0 && TailOf(pages[^1]) is { } tail)
        {
            (account, frame) = (AccountIn(tail), $"{frame}\n{tail}");
        }

        var task = request.SchemaName is { } name ? ModelTasks.OfSchema(name) : ModelTasks.NamedIn(system) is { Length: > 0 } named ? named : ModelTasks.NamedIn(frame);
        return new ModelQuestion(task, account, pages, frame, text);
    }

    private static (string Frame, IReadOnlyList<MessagePage> Pages) Split(string text)
    {
        var frame = new List<string>();
        var pages = new List<(int Number, List<string> Lines)>();
        var target = frame;
        foreach (var line in text.Split('\n'))
        {
            if (PageHead().Match(line) is { Success: true } head)
            {
                target = [];
                pages.Add((int.Parse(head.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), target));
            }
            else if (line.Trim() == PageBreak)
            {
                target = frame;
            }
            else
            {
                target.Add(line);
            }
        }

        return (string.Join('\n', frame), [.. pages.Select(static page => new MessagePage(page.Number, string.Join('\n', page.Lines)))]);
    }

    /// <summary>A line about the account that follows the last page without a break; it cannot be told from the page's own last line.</summary>
    private static string? TailOf(MessagePage last) => last.Text.Split('\n').Where(static line => !string.IsNullOrWhiteSpace(line)).TakeLast(TailLines)
        .LastOrDefault(static line => AccountLine().Match(line) is { Success: true } match && line[..match.Index].Trim().Length == 0);

    private static string? AccountIn(string text) =>
        text.Split('\n').Select(static line => AccountLine().Match(line)).FirstOrDefault(static match => match.Success)?.Groups["number"].Value.TrimEnd(' ', '-');

    [GeneratedRegex(@"(?m)^[ \t]*\[page (?<number>\d{1,7})\][ \t]*\r?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex PageHead();

    [GeneratedRegex(@"\baccount([ _]?(number|no\.?|nbr|#))?""?\s*([:=#]|is\b)\s*[""'`]?(?<number>[A-Z*]{0,6}[ -]?[0-9][0-9A-Z*-]*([ ][0-9*][0-9A-Z*-]*)*)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex AccountLine();
}
