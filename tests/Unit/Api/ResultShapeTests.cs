using System.Text.Json;
using Idp.Api.Compatibility;
using Idp.Api.Documents;
using Idp.Api.Extraction;
using Idp.Api.Kernel.Json;
using Idp.Application.Documents;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Api;

public sealed class ResultShapeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DocumentId Id = StrongId.Parse<DocumentId>("doc_01a20162dae7764db767658324d377ec");

    [Fact]
    public void A_document_has_the_members_of_the_contract()
    {
        var body = Parse(JsonSerializer.Serialize(DocumentBody.From(Overview()), ApiJson.Relaxed.DocumentBody));

        string[] members =
        [
            "id", "file_name", "content_sha256", "kind", "status", "stage", "progress", "priority", "pages_processed", "total_pages", "batch_id", "stages", "accounts",
            "unassigned_pages", "cost", "budget_usd", "problems", "created_at", "updated_at", "waiting_for", "duplicate_of",
        ];
        members.Where(member => !body.TryGetProperty(member, out _)).ShouldBeEmpty();
        body.GetProperty("created_at").GetString().ShouldBe("2026-11-22T12:00:00.000Z");
        body.GetProperty("budget_usd").GetString().ShouldBe("0.50");
        body.GetProperty("stages").GetProperty("ocr_extraction").ToString()
            .ShouldBe("""{"status":"processing","progress":40,"started_at":"2026-11-22T12:00:00.000Z","ended_at":null}""");
        body.GetProperty("cost").ToString().ShouldBe("""{"amount":"0","currency":"USD","calls":0,"calls_saved":0,"estimated":false}""");
        body.GetProperty("accounts")[0].ToString()
            .ShouldBe("""{"index":0,"account_number":"7009885","pages":[2,3],"shared_pages":[],"confidence":0.98,"reasons":["label 'ACCT NBR' on page 2"]}""");
        body.GetProperty("problems")[0].GetProperty("page").GetInt32().ShouldBe(4);
    }

    [Fact]
    public void A_document_says_what_it_cost_and_what_it_may_cost()
    {
        var overview = Overview() with { Cost = new CostSummary(Money.FromDollars(0.0124m), 3, 1, 7, 900, 90, Estimated: true), Cap = Money.FromDollars(5) };

        var body = Parse(JsonSerializer.Serialize(DocumentBody.From(overview), ApiJson.Relaxed.DocumentBody));

        body.GetProperty("cost").ToString().ShouldBe("""{"amount":"0.0124","currency":"USD","calls":3,"calls_saved":7,"estimated":true}""");
        body.GetProperty("budget_usd").GetString().ShouldBe("5.00");
    }

    [Fact]
    public void A_field_has_the_members_of_the_contract()
    {
        var field = new ExtractedField(
            "phone", FieldType.Phone, "(802) 555-0140", "802 555 0140", new Confidence(0.97), FieldStatus.Supported,
            [new Evidence(2, "802 555 0140", [new Box(0.51, 0.3, 0.1, 0.01)])], [new Alternative("(802) 555-0146", new Confidence(0.31), 4)]);

        var body = ResultOf(field).GetProperty("accounts")[0].GetProperty("fields")[0];

        body.ToString().ShouldBe(
            $$$"""{"id":"{{{FieldId.Of(Id, 0, "phone", 0)}}}","name":"phone","value":"(802) 555-0140","printed":"802 555 0140","type":"phone","confidence":0.97,"status":"supported","reviewed":false,"evidence":[{"page":2,"quote":"802 555 0140","boxes":[{"x":0.51,"y":0.3,"w":0.1,"h":0.01}]}],"alternatives":[{"value":"(802) 555-0146","confidence":0.31,"page":4}],"review":null}""");
    }

    [Fact]
    public void A_pair_of_a_form_has_key_and_value() => ResultOf(Named("pairs", "Smith") with { Key = "Name:" })
        .GetProperty("accounts")[0].GetProperty("fields")[0].GetProperty("value").ToString().ShouldBe("""{"key":"Name:","value":"Smith"}""");

    [Fact]
    public void Several_values_of_one_field_have_ids_of_their_own() => ResultOf(Named("email", "a@b.example"), Named("email", "c@d.example"))
        .GetProperty("accounts")[0].GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("id").GetString()).ShouldBeUnique();

    [Fact]
    public void A_table_counts_what_was_seen_and_what_was_read()
    {
        var table = new ExtractedTable(
            "transactions", ["date", "amount"], [new TableRow(3, [new TableCell("date", "2010-12-26", "12/26/10")], [])], 2,
            [new UnexplainedRow(3, "12/27 ?", new Box(0, 0, 1, 0.01))]);
        var result = new ExtractionResult([new AccountExtraction(0, null, [3], [], [table])]);

        var body = Parse(JsonSerializer.Serialize(ResultBody.From(new DocumentResult(Overview().Document, default, result)), ApiJson.Relaxed.ResultBody))
            .GetProperty("accounts")[0].GetProperty("tables")[0];

        (body.GetProperty("rows_seen").GetInt32(), body.GetProperty("rows_extracted").GetInt32()).ShouldBe((2, 1));
        body.GetProperty("rows")[0].GetProperty("cells").ToString().ShouldBe("""{"date":"2010-12-26"}""");
        body.GetProperty("unexplained")[0].GetProperty("text").GetString().ShouldBe("12/27 ?");
    }

    [Fact]
    public void The_replaced_system_gets_its_own_names_and_lists_where_the_schema_allows_several() => PageData
        .From([Named("account_number", "123"), Named("account_holders", "John Doe"), Named("phone", "555"), Named("officer", "A"), Named("officer", "B")], new HashSet<string> { "account_holders" })
        .ToJsonString().ShouldBe("""{"Account_Number":"123","Account_Holders":["John Doe"],"Phone_Number":"555","Officer":["A","B"]}""");

    [Fact]
    public void A_field_id_depends_on_each_part_of_its_place()
    {
        var other = StrongId.Parse<DocumentId>("doc_01a20162dae7764db767658324d377ed");
        FieldId[] ids = [FieldId.Of(Id, 0, "a", 0), FieldId.Of(Id, 1, "a", 0), FieldId.Of(Id, 0, "b", 0), FieldId.Of(Id, 0, "a", 1), FieldId.Of(other, 0, "a", 0), FieldId.Of(Id, 0, "0|a", 1)];

        ids.ShouldBeUnique();
        FieldId.Of(Id, 0, "a", 0).ShouldBe(ids[0]);
        ids[0].ToString().ShouldMatch("^fld_[0-9a-f]{32}$");
    }

    private static JsonElement ResultOf(params ExtractedField[] fields) => Parse(JsonSerializer.Serialize(
        ResultBody.From(new DocumentResult(Overview().Document, default, new ExtractionResult([new AccountExtraction(0, "1", [1], [.. fields], [])]))), ApiJson.Relaxed.ResultBody));

    private static ExtractedField Named(string name, string value) => new(name, FieldType.Text, value, value, Confidence.Full, FieldStatus.Supported, [], []);

    private static DocumentOverview Overview() => new(
        new Document(
            Id, new RunId(Guid.CreateVersion7(Noon)), "packet.pdf", new ContentHash("ab"), 10, FileType.Pdf, DocumentKind.Loan, DocumentKind.Loan, null, [], Priority.High, 0.50m,
            DocumentStatus.Processing, [new StageProgress(StageNames.OcrExtraction, StageStatus.Processing, 40, Noon, null), StageProgress.Pending(StageNames.LlmExtraction)], 4, 10,
            [new Problem(DocumentErrors.PageDamaged("x"), 4)], null, false, Noon, Noon, 1),
        new DocumentAccounts([new AccountSummary(0, "7009885", [2, 3], [], new Confidence(0.98), ["label 'ACCT NBR' on page 2"])], [1]));

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
