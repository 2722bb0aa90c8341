using System.Net;
using System.Text;
using System.Text.Json;
using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.Flow;
using Idp.Unit.Documents.Flow;

namespace Idp.Integration.Api;

/// <summary>One letter in several formats: whoever sends it as a text gets what he gets for the PDF.</summary>
public sealed class FlowDocumentApiTests(RunningService service)
{
    private const string Title = "Northwind Savings Bank";
    private const string Notice = "The borrower pays a late charge of twenty dollars where an instalment arrives more than ten days after it is due.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly (string Label, string Value)[] Facts =
    [
        ("Account Number", "4471203398"), ("Account Holder", "Maria T. Lindqvist"), ("Date Opened", "04/18/2019"), ("Phone", "(541) 555-0163"), ("Interest Rate", "5.250%"),
        ("Current Balance", "$12,345.67"), ("Payment Amount", "$410.25"), ("Payment Due Date", "05/01/2024"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_formats_of_one_letter_give_the_same_facts_and_the_same_passages()
    {
        var http = await service.ClientAsync();
        var text = Encoding.UTF8.GetBytes($"{Title}\n\nLoan Statement\n\n{string.Join('\n', Facts.Select(static fact => $"{fact.Label}: {fact.Value}"))}\n\n{Notice}\n");
        var html = Encoding.UTF8.GetBytes(
            $"<html><body><h1>{Title}</h1><h2>Loan Statement</h2><table>{string.Concat(Facts.Select(static fact => $"<tr><td>{fact.Label}:</td><td>{fact.Value}</td></tr>"))}</table><p>{Notice}</p></body></html>");
        var word = OfficeFiles.Word(
            OfficeFiles.Paragraph(Title) + OfficeFiles.Paragraph("Loan Statement") + string.Concat(Facts.Select(static fact => OfficeFiles.Paragraph($"{fact.Label}: {fact.Value}"))) + OfficeFiles.Paragraph(Notice));
        var results = new Dictionary<string, string>();
        foreach (var (name, bytes) in new[] { ("letter.txt", text), ("letter.html", html), ("letter.docx", word), ("letter.pdf", PdfOf(text)) })
        {
            var id = await UploadAsync(http, name, bytes);
            var document = await EndAsync(http, id);
            document.GetProperty("status").GetString().ShouldBe("completed", $"{name}: {document}");
            document.GetProperty("total_pages").GetInt32().ShouldBe(1);
            results[name] = FactsOf((await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/result")).Body);
            (await FindAsync(http, id)).ShouldContain("twenty dollars", customMessage: name);
            var chunks = (await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/chunks")).Body.GetProperty("items").EnumerateArray().Select(static chunk => chunk.GetProperty("text").GetString()!);
            WordsOf(Encoding.UTF8.GetString(text)).Except(WordsOf(string.Join('\n', chunks))).ShouldBeEmpty(name);
        }

        results["letter.txt"].ShouldContain("account_number=4471203398");
        results["letter.txt"].ShouldContain("balance=12345.67");
        results["letter.txt"].ShouldContain("interest_rate=5.250");
        results["letter.txt"].ShouldContain("payment_due_date=2024-05-01");
        results.Values.Distinct().ShouldHaveSingleItem(string.Join("\n\n", results.Select(static result => $"{result.Key}\n{result.Value}")));
    }

    [Fact]
    public async Task An_office_file_under_a_password_is_refused_as_protected()
    {
        var http = await service.ClientAsync();
        byte[] container = [.. OfficePackage.ContainerMark, .. new byte[100_000], .. OfficePackage.ProtectedMark, .. new byte[500]];

        var (response, problem) = await PostAsync(http, "secret.docx", container);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("code").GetString().ShouldBe("document.encrypted");
        (await PostAsync(http, "old.doc", container[..5000])).Response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    private static IEnumerable<string> WordsOf(string text) =>
        text.Split([' ', '\n', '|', '\\', ':'], StringSplitOptions.RemoveEmptyEntries).Select(static word => word.Trim('#', '*', '.', ',')).Where(static word => word.Length > 0);

    private static byte[] PdfOf(byte[] text)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("letter.txt");
        File.WriteAllBytes(path, text);
        return new FlowLayout(10).ToPdf(path, FileType.Text).Value.ShouldNotBeNull();
    }

    private static async Task<(HttpResponseMessage Response, JsonElement Body)> PostAsync(HttpClient http, string name, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        using var kind = new StringContent("loan");
        using var form = new MultipartFormDataContent { { kind, "kind" }, { content, "file", name } };
        return await http.CallAsync(HttpMethod.Post, "/v1/documents", form);
    }

    private static async Task<string> UploadAsync(HttpClient http, string name, byte[] bytes)
    {
        var (response, document) = await PostAsync(http, name, bytes);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, $"{name}: {document}");
        return document.GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> EndAsync(HttpClient http, string id)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            var (_, document) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}");
            if (document.GetProperty("status").GetString() is "completed" or "partial" or "failed" || limit.IsCancellationRequested)
            {
                return document;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    private static async Task<string> FindAsync(HttpClient http, string id)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            var (_, found) = await http.CallAsync(HttpMethod.Post, "/v1/search", HttpCalls.Json($$$"""{"query":"late charge instalment","top_k":1,"filters":{"document_id":"{{{id}}}"}}"""));
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty("hits", out var hits) && hits.GetArrayLength() > 0)
            {
                return hits[0].GetProperty("text").GetString()!;
            }

            if (limit.IsCancellationRequested)
            {
                return found.ToString();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    private static string FactsOf(JsonElement result) => string.Join('\n', result.GetProperty("accounts").EnumerateArray()
        .SelectMany(static account => account.GetProperty("fields").EnumerateArray())
        .Select(static field => $"{field.GetProperty("name").GetString()}={field.GetProperty("value")}")
        .Order(StringComparer.Ordinal));
}
