using System.Net;
using System.Text.Json.Nodes;

namespace Idp.Integration.Simulators;

public sealed class TruthFormatTests : SimulatorTest
{
    [Fact]
    public async Task Packets_give_renamed_fields_addresses_of_two_lines_and_rows_from_the_layout()
    {
        var page = string.Join('\n',
            "Brook Bank    Account # 771-20", "Cora Lind     ***-**-9001", "9 Mill Rd", "Elm, VT 05000", "Statement Period 12/20/2020 - 01/19/2021", "",
            "Date      Description            Credits      Debits      Balance",
            "12/31     Card 77 at Mill                       5.25     1,094.75",
            "01/02     Pay day               250.00                   1,344.75");
        await PutTruthAsync(new JsonObject
        {
            ["packet_id"] = "small",
            ["accounts"] = new JsonArray(new JsonObject
            {
                ["account_number"] = "771-20",
                ["fields"] = new JsonObject
                {
                    ["account_holder"] = Values("Cora Lind", "Cora Lind"),
                    ["ssn"] = Values("last4:9001", "***-**-9001"),
                    ["address"] = Value("9 Mill Rd, Elm, VT 05000", "9 Mill Rd"),
                    ["address_line1"] = Value("9 Mill Rd", "9 Mill Rd"),
                    ["address_line2"] = Value("Elm, VT 05000", "Elm, VT 05000"),
                    ["statement_period"] = Value("2020-12-20/2021-01-19", "Statement Period 12/20/2020 - 01/19/2021"),
                },
            }),
            ["pages"] = new JsonArray(new JsonObject { ["page"] = 1, ["account"] = "771-20", ["text"] = page }),
        });

        var answer = (await SendAsync(Chat(Message("771-20", (1, page))))).Answer;

        answer["fields"]!.AsArray().Select(field => ((string)field!["name"]!, (string)field["value"]!, (string)field["quote"]!)).ShouldBe([
            ("account_holders", "Cora Lind", "Cora Lind"), ("ssn_last4", "9001", "***-**-9001"), ("address", "9 Mill Rd, Elm, VT 05000", "9 Mill Rd\nElm, VT 05000"),
            ("statement_period", "2020-12-20/2021-01-19", "Statement Period 12/20/2020 - 01/19/2021"),
        ]);
        answer["tables"]![0]!["rows"]!.AsArray().Select(row => row!["cells"]!.ToJsonString()).ShouldBe([
            """{"date":"2020-12-31","description":"Card 77 at Mill","debit":"5.25","balance":"1094.75"}""",
            """{"date":"2021-01-02","description":"Pay day","credit":"250.00","balance":"1344.75"}""",
        ]);
    }

    [Fact]
    public async Task Receipts_give_dates_and_amounts_in_normal_form()
    {
        const string text = "Noodle House Ltd\n3 Pier Rd\nDate 18-11-18\nTotal RM 30.90";
        await PutTruthAsync(new JsonObject
        {
            ["file"] = "r.jpg",
            ["text_lines"] = text,
            ["fields"] = new JsonObject { ["company"] = "Noodle House Ltd", ["date"] = "18-11-18", ["total"] = "RM 30.90" },
        });

        (await SendAsync(Chat(Message(null, (1, text))))).Answer["fields"]!.AsArray().Select(field => ((string)field!["value"]!, (string)field["quote"]!))
            .ShouldBe([("Noodle House Ltd", "Noodle House Ltd"), ("2018-11-18", "18-11-18"), ("30.90", "RM 30.90")]);
    }

    [Fact]
    public async Task Forms_give_pairs()
    {
        const string text = "TO: Kim Vale\nDATE: May 4";
        await PutTruthAsync(new JsonObject
        {
            ["entities"] = new JsonArray(),
            ["text_lines"] = text,
            ["pairs"] = new JsonArray(new JsonObject { ["question"] = "TO:", ["answer"] = "Kim Vale" }),
        });

        var field = (await SendAsync(Chat(Message(null, (1, text))))).Answer["fields"]!.AsArray().ShouldHaveSingleItem()!;

        ((string)field["name"]!, field["value"]!.ToJsonString()).ShouldBe(("pairs", """{"key":"TO:","value":"Kim Vale"}"""));
    }

    [Fact]
    public async Task What_is_no_truth_is_refused()
    {
        await StartAsync();

        (await SendAsync(new JsonObject { ["a"] = 1 }, "/simulator/truth", method: HttpMethod.Put)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(new JsonObject { ["packet_id"] = 1 }, "/simulator/truth", method: HttpMethod.Put)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task PutTruthAsync(JsonObject truth)
    {
        await StartAsync();
        (await SendAsync(truth, "/simulator/truth", method: HttpMethod.Put)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static JsonObject Value(string value, string printed) => new() { ["value"] = value, ["occurrences"] = Places(value, printed) };

    private static JsonObject Values(string value, string printed) => new() { ["values"] = new JsonArray(value), ["occurrences"] = Places(value, printed) };

    private static JsonArray Places(string value, string printed) => [new JsonObject { ["value"] = value, ["printed"] = printed, ["page"] = 1 }];
}
