using Idp.Api.Kernel.Http;
using Idp.Application.Documents.Contracts;
using Idp.Domain.Documents;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Api;

public sealed class RequestReadingTests
{
    private static readonly IntakeTerms Bare = new(DocumentKind.Auto, null, null, null, []);

    [Fact]
    public void Fields_of_a_form_become_the_request()
    {
        var read = IntakeFields.Read(new Dictionary<string, string>
        {
            ["kind"] = "financial_statement",
            ["priority"] = "2",
            ["budget_usd"] = "0.50",
            ["schema"] = " mine ",
            ["tags"] = "a, b,,a",
        });

        read.Value.ShouldBe(Bare with { Kind = DocumentKind.FinancialStatement, Priority = Priority.Low, BudgetUsd = 0.50m, SchemaName = "mine", Tags = ["a", "b"] });
    }

    [Fact]
    public void Empty_and_unknown_fields_change_nothing() =>
        IntakeFields.Read(new Dictionary<string, string> { ["kind"] = "", ["priority"] = " ", ["colour"] = "red" }).Value.ShouldBe(Bare);

    [Fact]
    public void Every_field_that_cannot_be_understood_is_named() => IntakeFields
        .Read(new Dictionary<string, string> { ["kind"] = "Loan", ["priority"] = "3", ["budget_usd"] = "1e3" })
        .Error.ShouldNotBeNull().Fields.Select(fault => fault.Field).ShouldBe(["kind", "priority", "budget_usd"]);

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\me\scan.pdf", "scan.pdf")]
    [InlineData("a\r\nX-Evil: 1.pdf", "aX-Evil: 1.pdf")]
    [InlineData("..", "document")]
    [InlineData("", "document")]
    [InlineData(null, "document")]
    [InlineData("päckchen ☃.pdf", "päckchen ☃.pdf")]
    public void A_file_name_keeps_only_its_last_segment(string? sent, string kept) => MultipartUpload.CleanName(sent).ShouldBe(kept);

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST.", true)]
    [InlineData("app.localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("[::1]", true)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("192.168.1.4", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("", false)]
    public void Only_loopback_names_are_loopback(string host, bool expected) => BrowserGuard.IsLoopback(host).ShouldBe(expected);

    [Theory]
    [InlineData("http://127.0.0.1:5015")]
    [InlineData("http://localhost:0;http://[::1]:5015")]
    public void Loopback_urls_can_be_listened_on(string urls) => ListenAddresses.FaultsOf(urls, anyAddress: false).ShouldBeEmpty();

    [Theory]
    [InlineData("http://0.0.0.0:5015")]
    [InlineData("http://*:80;http://[::]:5015")]
    [InlineData("http://example.org:5015")]
    public void With_keys_any_address_can_be_listened_on(string urls) => ListenAddresses.FaultsOf(urls, anyAddress: true).ShouldBeEmpty();

    [Theory]
    [InlineData("https://localhost:5015")]
    [InlineData("http://example.org:5015/base")]
    public void What_this_version_cannot_listen_on_is_refused_with_keys_too(string urls) =>
        ListenAddresses.FaultsOf(urls, anyAddress: true).ShouldHaveSingleItem().ShouldContain("http://127.0.0.1:5015");

    [Theory]
    [InlineData("http://0.0.0.0:5015")]
    [InlineData("http://+:5015")]
    [InlineData("http://*:80")]
    [InlineData("http://example.org:5015")]
    [InlineData("https://localhost:5015")]
    [InlineData("http://localhost:5015/base")]
    [InlineData("5015")]
    public void Anything_else_is_refused_with_one_sentence(string urls) => ListenAddresses.FaultsOf(urls, anyAddress: false).ShouldHaveSingleItem().ShouldContain("http://127.0.0.1:5015");
}
