using System.Text.Json;
using Idp.Simulators.Truth;

namespace Idp.Integration.Models;

/// <summary>A signature card for two accounts: its page belongs to both.</summary>
public sealed class SharedPageTests
{
    private const string First = "7104930";
    private const string Second = "7250148";

    private static readonly ModelPacket Packet = ModelPacket.Of(
        "shared card",
        [
            Sheet(First, "Date Opened: 01/05/2008"), Sheet(First, "Opening Deposit: $1,250.50"),
            $"MERCHANTS HARBOR BANK\nSIGNATURE CARD\nAccount Number: {First}\nAccount Number: {Second}\nAccount Owner: Harriet Dunmore\nPhone: (802) 555-0140",
            Sheet(Second, "Date Opened: 03/17/2011"), Sheet(Second, "Opening Deposit: $2,310.75"),
        ],
        [First, First, First, Second, Second],
        [
            new TruthAccount(First, [.. Card(First), new("date_opened", "2008-01-05", "01/05/2008", 1), new("opening_deposit", "1250.50", "$1,250.50", 2)]),
            new TruthAccount(Second, [.. Card(Second), new("date_opened", "2011-03-17", "03/17/2011", 4), new("opening_deposit", "2310.75", "$2,310.75", 5)]),
        ]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shared_page_is_paid_once_and_its_values_are_in_both_accounts()
    {
        await using var service = await ModelService.StartAsync(new(), [Packet.Truth], Ct);

        var id = await service.UploadAsync(Packet, Ct);
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        var result = await service.ResultAsync(id, Ct);
        Packet.MissingFrom(result).ShouldBeEmpty();
        PagesOf(result).ShouldBe([(First, "1,2,3"), (Second, "3,4,5")]);
        AskedPages(service).ShouldBe(["1,2,3", "4,5"]);
        ModelService.CostOf(document).ShouldBe((service.Provider.Bill.Money, 2, 3));
        PhoneConfidences(result).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_shared_page_is_not_paid_again_when_only_one_of_its_accounts_changes()
    {
        await using var service = await ModelService.StartAsync(new(), [Packet.Truth], Ct);
        var id = await service.UploadAsync(Packet, Ct);
        await service.Process.WaitUntilEndedAsync(id, Ct);
        var confidences = PhoneConfidences(await service.ResultAsync(id, Ct));
        var paid = service.Provider.Bill;

        // The account for which the page was asked stays as it is; the other one is read anew.
        var document = await service.EditAsync(id, Ct, (First, [1, 2, 3]), (Second, [3, 4]));

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        var result = await service.ResultAsync(id, Ct);
        PagesOf(result).ShouldBe([(First, "1,2,3"), (Second, "3,4")]);
        PhoneConfidences(result).ShouldBe(confidences);
        service.Provider.Bill.ShouldBe(paid);
    }

    [Fact]
    public async Task A_shared_page_is_not_paid_again_when_the_other_account_comes_first()
    {
        await using var service = await ModelService.StartAsync(new(), [Packet.Truth], Ct);
        var id = await service.UploadAsync(Packet, Ct);
        await service.Process.WaitUntilEndedAsync(id, Ct);
        var paid = service.Provider.Bill;

        await service.EditAsync(id, Ct, (Second, [3, 4]), (First, [2, 3]));

        var result = await service.ResultAsync(id, Ct);
        PagesOf(result).ShouldBe([(Second, "3,4"), (First, "2,3")]);
        PhoneConfidences(result).Distinct().ShouldHaveSingleItem();
        service.Provider.Bill.ShouldBe(paid);
    }

    private static string Sheet(string account, string line) =>
        $"MERCHANTS HARBOR BANK\nACCOUNT AGREEMENT\nAccount Number: {account}\n{line}\nThe bank sends notices about {line.Split(':')[0].ToLowerInvariant()} of {account} to the address on file.";

    private static IEnumerable<TruthField> Card(string account) =>
    [
        new("account_number", account, account, 3), new("account_holders", "Harriet Dunmore", "Harriet Dunmore", 3), new("phone", "(802) 555-0140", "(802) 555-0140", 3),
    ];

    private static IEnumerable<string> AskedPages(ModelService service) =>
        service.Provider.Requests.Select(request => string.Join(',', request.Pages)).Order(StringComparer.Ordinal);

    private static IReadOnlyList<(string Account, string Pages)> PagesOf(JsonElement result) => [.. result.GetProperty("accounts").EnumerateArray().Select(account => (
        account.GetProperty("account_number").GetString()!, string.Join(',', account.GetProperty("pages").EnumerateArray().Select(page => page.GetInt32()))))];

    /// <summary>How sure each account is of the phone number on the card: surer where a model saw it too.</summary>
    private static IReadOnlyList<double> PhoneConfidences(JsonElement result) => [.. result.GetProperty("accounts").EnumerateArray()
        .Select(account => account.GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "phone").GetProperty("confidence").GetDouble())];
}
