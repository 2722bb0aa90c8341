using System.Text.Json;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Domain.Kernel;

namespace Idp.Unit.Api;

public sealed class ProblemMappingTests
{
    [Theory]
    [InlineData(ErrorKind.Malformed, 400)]
    [InlineData(ErrorKind.BudgetExceeded, 402)]
    [InlineData(ErrorKind.NotFound, 404)]
    [InlineData(ErrorKind.Conflict, 409)]
    [InlineData(ErrorKind.Stale, 412)]
    [InlineData(ErrorKind.TooLarge, 413)]
    [InlineData(ErrorKind.Unsupported, 415)]
    [InlineData(ErrorKind.Invalid, 422)]
    [InlineData(ErrorKind.RateLimited, 429)]
    [InlineData(ErrorKind.Rejected, 502)]
    [InlineData(ErrorKind.Unavailable, 503)]
    public void Each_kind_has_the_status_of_the_contract(ErrorKind kind, int status) => ProblemMapping.Describe(kind).Status.ShouldBe(status);

    [Fact]
    public void No_two_kinds_share_a_status() => Enum.GetValues<ErrorKind>().Select(kind => ProblemMapping.Describe(kind).Status).ShouldBeUnique();

    [Fact]
    public void A_failure_that_may_pass_says_when_to_come_back()
    {
        var soon = new Error(ErrorKind.RateLimited, "x.y", "Wait.") { RetryAfter = TimeSpan.FromSeconds(1.2) }.ToBody(null, null);
        var unknown = new Error(ErrorKind.Unavailable, "x.y", "Wait.").ToBody(null, null);
        var never = new Error(ErrorKind.Invalid, "x.y", "No.").ToBody(null, null);

        (soon.Retryable, soon.RetryAfterS).ShouldBe((true, 2));
        unknown.RetryAfterS.ShouldNotBeNull();
        (never.Retryable, never.RetryAfterS).ShouldBe((false, null));
    }

    [Theory]
    [InlineData("BudgetUsd", "/budget_usd")]
    [InlineData("Accounts[0].AccountNumber", "/accounts/0/account_number")]
    [InlineData("kind", "/kind")]
    [InlineData("", "")]
    public void Properties_become_json_pointers(string property, string expected) => ProblemMapping.ToPointer(property).ShouldBe(expected);

    [Fact]
    public void A_problem_has_the_members_of_the_contract()
    {
        var body = new Error(ErrorKind.Invalid, "request.invalid", "No.") { Fields = [new FieldError("Tags[1]", "Empty.")] }.ToBody("/v1/documents", "abc");

        JsonSerializer.Serialize(body, ApiJson.Relaxed.ProblemBody).ShouldBe(
            """{"type":"/problems/request.invalid","title":"The request is understood but cannot be used.","status":422,"detail":"No.","instance":"/v1/documents","code":"request.invalid","trace_id":"abc","errors":[{"pointer":"/tags/1","detail":"Empty."}],"retryable":false,"retry_after_s":null}""");
    }

    [Fact]
    public void A_problem_of_a_document_names_page_and_account()
    {
        var body = new Problem(new Error(ErrorKind.Invalid, "page.damaged", "No."), 3, "77").ToBody("/v1/documents/doc_1");

        (body.Page, body.Account, body.TraceId).ShouldBe((3, "77", null));
    }
}
