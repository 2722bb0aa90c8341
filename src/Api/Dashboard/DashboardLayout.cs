using System.Globalization;

namespace Idp.Api.Dashboard;

/// <summary>Puts a page into the frame that all pages share. Nothing but the program's own words goes in here, so nothing needs escaping.</summary>
/// <param name="frame">The markup of <c>layout.html</c>.</param>
/// <param name="largestUploadBytes">The largest file that is taken in, so that a page can say so before it is sent.</param>
/// <param name="mostFiles">Files of one upload at most, for the same reason.</param>
/// <param name="hasSessions">True when people sign in, so that they can sign out.</param>
internal sealed class DashboardLayout(string frame, long largestUploadBytes, int mostFiles, bool hasSessions)
{
    private const string SignOut = """
        <div class="session"><span id="caller" class="hint"></span><button type="button" id="sign-out" class="small">Sign out</button></div>
            <script type="module" src="/assets/lib/session.js"></script>
        """;

    /// <summary>The whole page.</summary>
    /// <param name="page">Which one.</param>
    /// <param name="main">Its own markup.</param>
    public string Render(DashboardPage page, string main) => frame
        .Replace("{{title}}", page.Title, StringComparison.Ordinal)
        .Replace("{{name}}", page.Name, StringComparison.Ordinal)
        .Replace("{{navigation}}", string.Concat(DashboardPage.Navigation.Select(entry => Link(entry.Address, entry.Word, entry.Address == page.Section))), StringComparison.Ordinal)
        .Replace("{{session}}", hasSessions ? SignOut : string.Empty, StringComparison.Ordinal)
        .Replace("{{main}}", main, StringComparison.Ordinal)
        .Replace("{{largest-bytes}}", largestUploadBytes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{{most-files}}", mostFiles.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Link(string address, string word, bool isHere) => string.Create(
        CultureInfo.InvariantCulture, $"""<li><a href="{address}"{(isHere ? " aria-current=\"true\"" : string.Empty)}>{word}</a></li>""");
}
