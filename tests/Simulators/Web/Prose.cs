using System.Globalization;
using System.Text;

namespace Idp.Simulators.Web;

/// <summary>Writes text that says little, and hides sentences in it that say something.</summary>
/// <param name="dice">What the words follow from.</param>
/// <param name="name">Whom the text is about.</param>
internal sealed class Prose(WebDice dice, string name)
{
    private const int SentencesInParagraph = 6;

    private static readonly string[] Sentences =
    [
        "The {adjective} {thing} of {company} stands near the {place}, and {people} come by {when}.",
        "According to {people}, the {thing} was {adjective} long before the {place} was built.",
        "{When} {company} invited {people} to the {place}, where a {adjective} {thing} was shown.",
        "Nobody at the {place} expected that the {thing} would be so {adjective}.",
        "A {adjective} {thing} is not what {people} had asked for, but they took it {when}.",
        "The board of {company} met {when} and spoke about the {thing}.",
        "{People} say that the {place} has become {adjective} and that the {thing} helps.",
        "There was coffee at the {place}, a {adjective} {thing} and a short speech.",
        "The {thing} at the {place} is looked after by {people}, who come {when}.",
        "Visitors reach {company} from the {place} in {number} minutes on foot.",
        "In the last year {number} letters were answered, most of them about the {thing}.",
        "The report has {number} pages on the {place} and a {adjective} photograph of the {thing}.",
        "Customers rated the {thing} {number} times and found it {adjective}.",
        "It is {adjective} to see how {people} use the {thing} {when}.",
    ];

    private static readonly string[] Adjectives = ["quiet", "sturdy", "remarkable", "modest", "generous", "patient", "colourful", "practical", "careful", "unusual", "familiar", "bright", "plain", "well kept"];
    private static readonly string[] Things = ["workshop", "catalogue", "brochure", "warehouse", "garden", "service desk", "newsletter", "annual review", "showroom", "canteen", "archive", "reading room", "bicycle shed", "tool"];
    private static readonly string[] Places = ["harbour", "old mill", "market square", "ring road", "town hall", "river bank", "railway station", "north gate", "library", "fairground"];
    private static readonly string[] People = ["neighbours", "visitors", "two inspectors", "the apprentices", "retired teachers", "several partners", "the organisers", "most customers"];
    private static readonly string[] Whens = ["every Tuesday", "in early summer", "after the fair", "twice a month", "before noon", "in the second quarter", "at the end of the year", "now and then"];

    /// <summary>Writes a page of about so many characters, never more than that and a paragraph.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="length">Characters.</param>
    /// <param name="telling">Sentences that it must have, word for word, each somewhere else.</param>
    public string Write(string title, int length, IReadOnlyList<string> telling)
    {
        var text = new StringBuilder(length + 512).Append("# ").Append(title).Append("\n\n");
        for (var index = 0; index < telling.Count; index++)
        {
            // Anywhere in its share of the page but the very beginning.
            var end = length * (index + 1) / telling.Count;
            var place = text.Length + dice.Below(Math.Max(1, end - text.Length));
            AppendParagraphs(text, place);
            AppendSentence(text).Append(' ').Append(telling[index]).Append(' ');
            AppendSentence(text).Append("\n\n");
        }

        AppendParagraphs(text, length);
        return text.ToString().TrimEnd();
    }

    private void AppendParagraphs(StringBuilder text, int until)
    {
        while (text.Length < until)
        {
            for (var sentence = 0; sentence < SentencesInParagraph && text.Length < until; sentence++)
            {
                AppendSentence(text).Append(' ');
            }

            text.Length--;
            text.Append("\n\n");
        }
    }

    private StringBuilder AppendSentence(StringBuilder text)
    {
        var template = dice.OneOf(Sentences).AsSpan();
        while (template.IndexOf('{') is >= 0 and var open)
        {
            var close = template.IndexOf('}');
            text.Append(template[..open]).Append(Word(template[(open + 1)..close]));
            template = template[(close + 1)..];
        }

        return text.Append(template);
    }

    private string Word(ReadOnlySpan<char> slot) => slot switch
    {
        "adjective" => dice.OneOf(Adjectives),
        "thing" => dice.OneOf(Things),
        "place" => dice.OneOf(Places),
        "people" => dice.OneOf(People),
        "People" => Capital(dice.OneOf(People)),
        "when" => dice.OneOf(Whens),
        "When" => Capital(dice.OneOf(Whens)),
        "number" => dice.Between(3, 900).ToString(CultureInfo.InvariantCulture),
        _ => name,
    };

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
