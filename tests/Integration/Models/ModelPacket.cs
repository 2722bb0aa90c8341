using System.Globalization;
using System.Text.Json;
using Idp.Integration.Documents;
using Idp.Simulators.Truth;

namespace Idp.Integration.Models;

/// <summary>An invented loan packet of two accounts, with what is true of it.</summary>
/// <param name="Pdf">The file.</param>
/// <param name="Truth">What the simulated model knows.</param>
internal sealed record ModelPacket(byte[] Pdf, TruthDocument Truth)
{
    private static readonly string[] Givens = ["Harriet", "Calvin", "Beatriz", "Maribel", "Dexter", "Valeria", "Rosalind", "Emmett"];
    private static readonly string[] Families = ["Dunmore", "Pemberton", "Thibodeaux", "Ashgrove", "Villanueva", "Kettering", "Lockwood"];

    /// <summary>Makes a packet; equal numbers make equal packets.</summary>
    /// <param name="number">Sets its names, numbers and amounts apart from other packets'.</param>
    /// <param name="pagesPerAccount">Pages of each of its two accounts.</param>
    public static ModelPacket Make(int number, int pagesPerAccount = 2)
    {
        var pages = new List<string>();
        var accounts = new List<TruthAccount>();
        foreach (var which in Enumerable.Range(0, 2))
        {
            var seed = (2 * number) + which;
            var account = Invariant($"{7_104_930 + (seed * 7919)}");
            var fields = new List<TruthField>();
            for (var page = 1; page <= pagesPerAccount; page++)
            {
                var lines = page == 1 ? FirstPage(account, seed) : LaterPage(account, seed, page);
                pages.Add(string.Join('\n', lines.Select(static line => line.Name is null ? line.Text : $"{line.Label}: {line.Text}")));
                fields.AddRange(lines.Where(static line => line.Name is not null)
                    .Select(line => new TruthField(line.Name!, line.Value ?? line.Text, line.Text, pages.Count)));
            }

            accounts.Add(new TruthAccount(account, fields));
        }

        return Of($"packet {number}", pages, [.. pages.Select((_, index) => accounts[index / pagesPerAccount].Number)], accounts);
    }

    /// <summary>A packet of given pages.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="pages">The lines of each page, one text a page.</param>
    /// <param name="owners">The account of each page; null for none.</param>
    /// <param name="accounts">What is true of the accounts.</param>
    public static ModelPacket Of(string name, IReadOnlyList<string> pages, IReadOnlyList<string?> owners, IReadOnlyList<TruthAccount> accounts)
    {
        var pdf = new PdfBuilder();
        foreach (var text in pages)
        {
            pdf.AddText(text, size: 10);
        }

        return new ModelPacket(pdf.Build(), new TruthDocument(name, [.. pages.Select((text, index) => new TruthPage(index + 1, text, owners[index]))], accounts));
    }

    /// <summary>Every true value: account, field, value.</summary>
    public IEnumerable<(string Account, string Name, string Value)> Expected => Truth.Accounts
        .SelectMany(account => account.Fields.Select(told => (account.Number!, told.Name, told.Value.ToString()))).Distinct();

    /// <summary>The true values that a result lacks.</summary>
    public IReadOnlyList<(string Account, string Name, string Value)> MissingFrom(JsonElement result)
    {
        var read = result.GetProperty("accounts").EnumerateArray()
            .SelectMany(account => account.GetProperty("fields").EnumerateArray().Select(field => (
                account.GetProperty("account_number").GetString()!, field.GetProperty("name").GetString()!, field.GetProperty("value").ToString())))
            .ToHashSet();
        return [.. Expected.Where(value => !read.Contains(value))];
    }

    private static List<Line> FirstPage(string account, int seed)
    {
        var (given, family) = (Givens[seed % Givens.Length], Families[seed / 3 % Families.Length]);
        var opened = new DateOnly(2008, 1, 5).AddDays(seed * 37);
        return
        [
            new("MERCHANTS HARBOR BANK"),
            new("SIGNATURE CARD AND ACCOUNT AGREEMENT"),
            new(account, "Account Number", "account_number"),
            new($"{given} {family}", "Account Owner", "account_holders"),
            new("SAVINGS", "Account Type", "account_type"),
            new(opened.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture), "Date Opened", "date_opened", opened.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new(Invariant($"$1,{100 + (seed % 800)}.50"), "Opening Deposit", "opening_deposit", Invariant($"1{100 + (seed % 800)}.50")),
            new(Invariant($"(802) 555-0{100 + (seed % 900)}"), "Phone", "phone"),
            new(Invariant($"{given}.{family}{seed}@example.com").ToLowerInvariant(), "E-mail", "email"),
            new("The owner agrees to the rules and regulations of the bank as they stand from time to time."),
        ];
    }

    private static List<Line> LaterPage(string account, int seed, int page) =>
    [
        new("MERCHANTS HARBOR BANK"),
        new(Invariant($"ACCOUNT AGREEMENT CONTINUED, SHEET {page}")),
        new(account, "Account Number", "account_number"),
        new(Invariant($"Section {page}.{seed}. The bank sends notices to the address that it has on file.")),
        new(Invariant($"Section {page}.{seed + 1}. A charge of {page + seed} cents may be made for each item that is returned.")),
    ];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Line(string Text, string? Label = null, string? Name = null, string? Value = null);
}
