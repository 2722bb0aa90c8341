using System.Text;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Names of letters beyond Windows-1252 that most makes of the standard fonts have, as Adobe's glyph list has them: Latin of central and eastern Europe, Greek, Cyrillic.</summary>
internal static class GlyphNames
{
    /// <summary>From U+0100, in order.</summary>
    private const string ExtendedLatin =
        "Amacron amacron Abreve abreve Aogonek aogonek Cacute cacute Ccircumflex ccircumflex Cdotaccent cdotaccent Ccaron ccaron Dcaron dcaron Dcroat dcroat Emacron emacron Ebreve ebreve "
        + "Edotaccent edotaccent Eogonek eogonek Ecaron ecaron Gcircumflex gcircumflex Gbreve gbreve Gdotaccent gdotaccent Gcommaaccent gcommaaccent Hcircumflex hcircumflex Hbar hbar Itilde itilde "
        + "Imacron imacron Ibreve ibreve Iogonek iogonek Idotaccent dotlessi IJ ij Jcircumflex jcircumflex Kcommaaccent kcommaaccent kgreenlandic Lacute lacute Lcommaaccent lcommaaccent Lcaron lcaron "
        + "Ldot ldot Lslash lslash Nacute nacute Ncommaaccent ncommaaccent Ncaron ncaron napostrophe Eng eng Omacron omacron Obreve obreve Ohungarumlaut ohungarumlaut OE oe Racute racute "
        + "Rcommaaccent rcommaaccent Rcaron rcaron Sacute sacute Scircumflex scircumflex Scedilla scedilla Scaron scaron Tcommaaccent tcommaaccent Tcaron tcaron Tbar tbar Utilde utilde Umacron umacron "
        + "Ubreve ubreve Uring uring Uhungarumlaut uhungarumlaut Uogonek uogonek Wcircumflex wcircumflex Ycircumflex ycircumflex Ydieresis Zacute zacute Zdotaccent zdotaccent Zcaron zcaron longs";

    /// <summary>From U+0386, in order; a dot for a place without a letter.</summary>
    private const string Greek =
        "Alphatonos . Epsilontonos Etatonos Iotatonos . Omicrontonos . Upsilontonos Omegatonos iotadieresistonos Alpha Beta Gamma uni0394 Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho . "
        + "Sigma Tau Upsilon Phi Chi Psi uni03A9 Iotadieresis Upsilondieresis alphatonos epsilontonos etatonos iotatonos upsilondieresistonos alpha beta gamma delta epsilon zeta eta theta iota kappa "
        + "lambda uni03BC nu xi omicron pi rho uni03C2 sigma tau upsilon phi chi psi omega iotadieresis upsilondieresis omicrontonos upsilontonos omegatonos";

    private static readonly Dictionary<int, string> Names = All().ToDictionary(static pair => pair.Code, static pair => pair.Name);

    /// <summary>The name of a character's glyph; null for any that the fonts are not likely to have.</summary>
    public static string? Of(Rune character) => Names.GetValueOrDefault(character.Value);

    private static IEnumerable<(int Code, string Name)> All() =>
    [
        .. InOrder(0x100, ExtendedLatin), .. InOrder(0x386, Greek),

        // Cyrillic has numbers for names; Ё and its like stand where they stand in the alphabet, and ґ apart.
        .. Numbered(0x410, 10017, 6), .. Numbered(0x401, 10023, 1), .. Numbered(0x416, 10024, 26), .. Numbered(0x402, 10051, 11), .. Numbered(0x40E, 10062, 1), .. Numbered(0x40F, 10145, 1),
        .. Numbered(0x430, 10065, 6), .. Numbered(0x451, 10071, 1), .. Numbered(0x436, 10072, 26), .. Numbered(0x452, 10099, 11), .. Numbered(0x45E, 10110, 1), .. Numbered(0x45F, 10193, 1),
        .. Numbered(0x490, 10050, 1), .. Numbered(0x491, 10098, 1),
    ];

    private static IEnumerable<(int Code, string Name)> InOrder(int first, string names) =>
        names.Split(' ').Select((name, index) => (first + index, name)).Where(static pair => pair.name != ".");

    private static IEnumerable<(int Code, string Name)> Numbered(int first, int number, int count) =>
        Enumerable.Range(0, count).Select(index => (first + index, $"afii{number + index}"));
}
