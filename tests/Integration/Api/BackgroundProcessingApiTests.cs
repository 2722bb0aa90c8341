using System.Net;

namespace Idp.Integration.Api;

/// <summary>The paths of reference 002, with its shapes.</summary>
public sealed class BackgroundProcessingApiTests(RunningService service)
{
    [Fact]
    public async Task The_status_of_a_document_has_the_shape_of_the_reference()
    {
        var http = await service.ClientAsync();

        var (_, body) = await http.CallAsync(HttpMethod.Get, $"/api/document/{service.Packet}/background-status");

        body.GetProperty("success").GetBoolean().ShouldBeTrue();
        var status = body.GetProperty("status");
        (status.GetProperty("stage").GetString(), status.GetProperty("progress").GetInt32()).ShouldBe(("completed", 100));
        (status.GetProperty("pages_processed").GetInt32(), status.GetProperty("total_pages").GetInt32()).ShouldBe((8, 8));
        status.GetProperty("accounts").GetArrayLength().ShouldBe(3);
        status.GetProperty("stages").EnumerateObject().Select(stage => stage.Name)
            .ShouldBe(["ocr_extraction", "account_splitting", "page_analysis", "llm_extraction"]);
    }

    [Theory]
    [InlineData("page/1/cached-data", "4410027835")]
    [InlineData("page/1/extract", "4410027835")]
    [InlineData("account/1/page/3/data", "88-204417-6")]
    public async Task A_page_that_is_ready_gives_its_data_at_once(string path, string account)
    {
        var http = await service.ClientAsync();

        var (_, body) = await http.CallAsync(HttpMethod.Get, $"/api/document/{service.Packet}/{path}");

        (body.GetProperty("success").GetBoolean(), body.GetProperty("cached").GetBoolean()).ShouldBe((true, true));
        body.GetProperty("account_number").GetString().ShouldBe(account);
        body.GetProperty("data").GetProperty("Account_Number").GetString().ShouldBe(account);
        body.GetProperty("data").GetProperty("Account_Holders").GetArrayLength().ShouldBeGreaterThan(0);
        body.GetProperty("extraction_time").GetInt64().ShouldBeGreaterThan(1_700_000_000);
    }

    [Theory]
    [InlineData("page/8/cached-data")]
    [InlineData("page/-1/cached-data")]
    [InlineData("page/2147483647/extract")]
    [InlineData("account/3/page/0/data")]
    [InlineData("account/0/page/8/data")]
    public async Task A_page_or_account_that_does_not_exist_is_404(string path)
    {
        var http = await service.ClientAsync();

        var (response, body) = await http.CallAsync(HttpMethod.Get, $"/api/document/{service.Packet}/{path}");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        body.GetProperty("success").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task The_processor_says_what_it_is_doing()
    {
        var http = await service.ClientAsync();

        var (_, body) = await http.CallAsync(HttpMethod.Get, "/api/background-processor/status");

        (body.GetProperty("success").GetBoolean(), body.GetProperty("status").GetProperty("running").GetBoolean()).ShouldBe((true, true));
    }

    [Fact]
    public async Task Restarting_the_processor_keeps_it_running()
    {
        var http = await service.ClientAsync();

        var (response, body) = await http.CallAsync(HttpMethod.Post, "/api/background-processor/restart");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("success").GetBoolean().ShouldBeTrue();
    }
}
