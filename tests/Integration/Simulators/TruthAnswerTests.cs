using System.Text.Json.Nodes;

namespace Idp.Integration.Simulators;

public sealed class TruthAnswerTests : SimulatorTest
{
    private const string FirstPage = "Lakeside Savings    Signature card\nAccount 4401-77\nHolder  Ann Porter\nOpened  March 3, 2019   Deposit 2,500.50";
    private const string SecondPage = "Lakeside Savings    Loan statement\nLoan 9902-10\nBorrower  Bo Quill\nBalance  $12,408.75\nHistory of the loan\n01/05/2020  Regular payment  310.00\n02/05/2020  Counter payment  315.00";

    [Fact]
    public async Task Each_account_gets_its_own_fields_with_quote_and_page_as_the_message_numbers_it()
    {
        await StartWithTruthAsync();

        var answer = (await SendAsync(Chat(Message("4401-77", (7, FirstPage), (8, SecondPage))))).Answer;

        Fields(answer).ShouldBe([("account_holders", "Ann Porter", 7, "Ann Porter"), ("date_opened", "2019-03-03", 7, "March 3, 2019"), ("opening_deposit", "2500.50", 7, "2,500.50")]);
        answer["tables"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_come_with_their_pages()
    {
        await StartWithTruthAsync();

        var table = (await SendAsync(Chat(Message("9902-10", (3, SecondPage))))).Answer["tables"]![0]!;

        ((string)table["name"]!).ShouldBe("transactions");
        table["rows"]!.AsArray().Select(row => ((int)row!["page"]!, (string)row["cells"]!["date"]!, (string)row["cells"]!["amount"]!))
            .ShouldBe([(3, "2020-01-05", "310.00"), (3, "2020-02-05", "315.00")]);
    }

    [Fact]
    public async Task A_band_of_a_page_gets_only_the_rows_in_it()
    {
        await StartWithTruthAsync();

        var answer = (await SendAsync(Chat(Message("9902-10", (3, "02/05/2020  Counter payment  315.00"))))).Answer;

        answer["tables"]![0]!["rows"]!.AsArray().Select(row => (string)row!["cells"]!["amount"]!).ShouldBe(["315.00"]);
        Fields(answer).ShouldBeEmpty();
    }

    [Fact]
    public async Task Slips_of_ocr_do_not_hide_a_page_or_its_account()
    {
        await StartWithTruthAsync();
        var slipped = FirstPage.Replace("Ann Porter", "Ann P0rter", StringComparison.Ordinal).Replace("2,500.50", "2.S00,5O", StringComparison.Ordinal).Replace("March 3", "Morch 3", StringComparison.Ordinal);

        var answer = (await SendAsync(Chat(Message("440l-77", (1, slipped))))).Answer;

        Fields(answer).Select(field => field.Value).ShouldBe(["Ann Porter", "2019-03-03", "2500.50"]);
        answer["fields"]!.AsArray().Select(field => (double)field!["confidence"]!).ShouldBe([0.9, 0.6, 0.9]);
    }

    [Fact]
    public async Task Without_an_account_in_the_message_the_pages_tell_it()
    {
        await StartWithTruthAsync();

        Fields((await SendAsync(Chat(Message(null, (1, SecondPage))))).Answer).Select(field => field.Value).ShouldBe(["Bo Quill", "12408.75"]);
    }

    [Theory]
    [InlineData("Account number: 4401-77", "4401-77")]
    [InlineData("The account number is 4401-77.", "4401-77")]
    [InlineData("\"account_number\": \"4401-77\"", "4401-77")]
    [InlineData("Account: 68 9985 8679, pages below", "68 9985 8679")]
    [InlineData("Account: none", null)]
    public async Task The_account_is_found_before_and_behind_the_pages(string line, string? account)
    {
        await StartAsync();

        await SendAsync(Chat($"{line}\n[page 1]\ntext"));
        await SendAsync(Chat($"[page 1]\ntext\n\n{line}"));

        Provider.Requests[0].Account.ShouldBe(account);
        Provider.Requests[1].Account.ShouldBe(line.StartsWith("The", StringComparison.Ordinal) || line[0] == '"' ? null : account);
    }

    [Fact]
    public async Task A_page_of_no_known_document_has_no_fields()
    {
        await StartWithTruthAsync();

        Fields((await SendAsync(Chat(Message("4401-77", (1, "Recipe for plum cake: flour, butter, plums."))))).Answer).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_are_assigned_to_their_accounts()
    {
        await StartWithTruthAsync();

        var answer = (await SendAsync(Chat(Message(null, (4, SecondPage), (5, FirstPage), (6, "Transmittal sheet of Lakeside Savings")), task: "page_assignment"))).Answer;

        answer["pages"]!.AsArray().Select(page => ((int)page!["page"]!, (string?)page["account_number"])).ShouldBe([(4, "9902-10"), (5, "4401-77"), (6, null)]);
    }

    [Fact]
    public async Task A_repair_is_answered_from_the_pages_of_the_first_message()
    {
        await StartWithTruthAsync();
        var body = Chat(Message("4401-77", (1, FirstPage)));
        body["messages"]!.AsArray().Add((JsonNode)new JsonObject { ["role"] = "assistant", ["content"] = "{" });
        body["messages"]!.AsArray().Add((JsonNode)new JsonObject { ["role"] = "user", ["content"] = "That was no JSON. Answer again." });

        Fields((await SendAsync(body)).Answer).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Without_truth_labelled_lines_are_read()
    {
        await StartAsync();

        Fields((await SendAsync(Chat(Message("1", (2, "Interest Rate: 6.125%\nno label here"))))).Answer).ShouldBe([("interest_rate", "6.125%", 2, "6.125%")]);
    }

    [Theory]
    [InlineData("summary", """{"summary":"First thing. Second thing. Third thing."}""")]
    [InlineData("cleaned_page", """{"pages":[{"page":3,"text":"First thing. Second thing. Third thing. Fourth."}]}""")]
    [InlineData("statement", """{"statements":[]}""")]
    public async Task Other_tasks_have_plain_answers(string task, string expected)
    {
        await StartAsync();

        (await SendAsync(Chat("[page 3]\nFirst thing. Second thing. Third thing. Fourth.", task: task))).Content.ShouldBe(expected);
    }

    private async Task StartWithTruthAsync()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("two.json"), Truth(), Ct);
        await File.WriteAllTextAsync(folder.File("other.json"), """{"something":"else"}""", Ct);
        await StartAsync(new() { Truth = [folder.Path] });
    }

    private static string Truth() => $$"""
        {"document":"two",
         "pages":[
           {"number":1,"text":"Transmittal sheet of Lakeside Savings"},
           {"number":2,"text":{{JsonValue.Create(FirstPage)!.ToJsonString()}},"account":"4401-77"},
           {"number":3,"text":{{JsonValue.Create(SecondPage)!.ToJsonString()}},"account":"9902-10"}],
         "accounts":[
           {"number":"4401-77","fields":[
             {"name":"account_holders","value":"Ann Porter","page":2},
             {"name":"date_opened","value":"2019-03-03","printed":"March 3, 2019","page":2},
             {"name":"opening_deposit","value":"2500.50","printed":"2,500.50","page":2}]},
           {"number":"9902-10","fields":[
             {"name":"account_holders","value":"Bo Quill","page":3},
             {"name":"balance","value":"12408.75","printed":"$12,408.75","page":3}],
            "tables":[{"name":"transactions","rows":[
             {"page":3,"cells":{"date":"2020-01-05","description":"Regular payment","amount":"310.00"},"printed":"01/05/2020 Regular payment 310.00"},
             {"page":3,"cells":{"date":"2020-02-05","description":"Counter payment","amount":"315.00"},"printed":"02/05/2020 Counter payment 315.00"}]}]}]}
        """;

    private static List<(string Name, string Value, int Page, string Quote)> Fields(JsonNode answer) =>
        [.. answer["fields"]!.AsArray().Select(field => ((string)field!["name"]!, field["value"]!.ToString(), (int)field["page"]!, (string)field["quote"]!))];
}
