using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Idp.Integration.Faults;
using Idp.Integration.Models;
using Idp.Simulators;

namespace Idp.Integration.Api;

/// <summary>The program as a shell calls it.</summary>
public sealed class CommandLineProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Process_prints_nothing_but_the_result_array_on_standard_output()
    {
        var (code, output, _) = await RunAsync([], "process", SamplePacket.Path, "--json", "-");

        code.ShouldBe(0);
        using var array = JsonDocument.Parse(output);
        var entry = array.RootElement.EnumerateArray().ShouldHaveSingleItem();
        entry.GetProperty("document").GetProperty("status").GetString().ShouldBe("completed");
        entry.GetProperty("result").GetProperty("accounts").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task Research_prints_nothing_but_the_scored_companies_on_standard_output()
    {
        var list = _folder.File("list.csv");
        await File.WriteAllTextAsync(list, "company\nQuillfen\nTessavane\n", TestContext.Current.CancellationToken);

        var (code, output, error) = await RunAsync([], "research", list, "--json", "-");

        code.ShouldBe(0, error);
        using var result = JsonDocument.Parse(output);
        result.RootElement.GetProperty("job").GetProperty("status").GetString().ShouldBe("completed");
        result.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("company").GetString()).ShouldBe(["Tessavane", "Quillfen"]);
    }

    [Fact]
    public async Task A_list_without_companies_ends_with_code_1_and_its_reason()
    {
        var list = _folder.File("list.csv");
        await File.WriteAllTextAsync(list, "Symbol,Security\nA,Acme\n", TestContext.Current.CancellationToken);

        var (code, _, error) = await RunAsync([], "research", list);

        code.ShouldBe(1);
        error.ShouldContain("research.no-company-column");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_ends_with_code_1_and_its_reason()
    {
        var file = _folder.File("note.pdf");
        await File.WriteAllTextAsync(file, "no document", TestContext.Current.CancellationToken);

        var (code, output, _) = await RunAsync([], "process", file);

        code.ShouldBe(1);
        output.ShouldContain("document.unsupported-type");
    }

    [Fact]
    public async Task Bad_settings_are_listed_in_one_message_without_a_stack_trace()
    {
        var (code, _, error) = await RunAsync([("BATCH__MAX_CONCURRENT_DOCUMENTS", "0"), ("STORAGE__PROVIDER", "tape")], "serve");

        code.ShouldBe(1);
        error.ShouldContain("BATCH__MAX_CONCURRENT_DOCUMENTS is '0'");
        error.ShouldContain("STORAGE__PROVIDER is 'tape'");
        error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task What_s3_lacks_is_listed_and_its_secret_not_repeated()
    {
        var (code, _, error) = await RunAsync(
            [("STORAGE__PROVIDER", "s3"), ("S3__ENDPOINT", "https://key:hidden@s3.example.com"), ("S3__BUCKET", "Documents"), ("S3__SECRET_KEY", "hidden")], "serve");

        code.ShouldBe(1);
        error.ShouldContain("S3__ENDPOINT must be");
        error.ShouldContain("S3__BUCKET is 'Documents'");
        error.ShouldContain("S3__ACCESS_KEY is empty");
        error.ShouldNotContain("S3__SECRET_KEY");
        error.ShouldNotContain("hidden");
    }

    [Theory]
    [InlineData("process", "/no/such/file.pdf")]
    [InlineData("research", "/no/such/list.csv")]
    [InlineData("serve", "--urls", "http://0.0.0.0:5015")]
    [InlineData("eval", "/no/such/folder")]
    [InlineData("sevre")]
    [InlineData("process", "--colour")]
    public async Task Wrong_use_ends_with_code_1_and_a_message_on_standard_error(params string[] arguments)
    {
        var (code, output, error) = await RunAsync([], arguments);

        (code, output).ShouldBe((1, string.Empty));
        error.ShouldNotBeEmpty();
        error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Doctor_finds_everything_where_the_tests_run()
    {
        var (code, output, _) = await RunAsync([], "doctor");

        code.ShouldBe(0, output);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Probe_measures_the_provider_level_by_level_and_recommends_a_limit()
    {
        await using var provider = await SimulatedModelProvider.StartAsync(
            new() { Latency = new() { FixedMilliseconds = 300 }, Capacity = new() { AtOnce = 1 } }, TestContext.Current.CancellationToken);
        (string, string)[] settings = [("LLM__PROVIDER", "openai"), ("LLM__BASE_URL", provider.BaseUrl), ("LLM__MODEL", "simulated")];

        var (code, output, error) = await RunAsync(settings, "probe", "llm", "--levels", "1,4", "--rounds", "1");

        code.ShouldBe(0, error);
        output.ShouldContain("Recommended limit:");
        provider.Bill.ShouldSatisfyAllConditions(bill => bill.Completed.ShouldBe(5), bill => bill.MostWaiting.ShouldBeGreaterThan(0));
    }

    [Fact]
    public async Task Probe_measures_the_recognition_service_and_prints_json_where_asked_for_it()
    {
        await using var provider = await SimulatedOcrProvider.StartAsync(
            new() { Latency = new() { FixedMilliseconds = 600 }, Capacity = new() { AtOnce = 1 } }, TestContext.Current.CancellationToken);
        (string, string)[] settings = [("OCR__PROVIDER", "llmwhisperer"), ("LLMWHISPERER__BASE_URL", provider.BaseUrl), ("LLMWHISPERER__API_KEY", "key")];

        var (code, output, error) = await RunAsync(settings, "probe", "ocr", "--levels", "1,3", "--rounds", "1", "--json");

        code.ShouldBe(0, error);
        using var report = JsonDocument.Parse(output);
        report.RootElement.GetProperty("verdict").GetString().ShouldBeOneOf("queued", "partly_queued");
        report.RootElement.GetProperty("levels").EnumerateArray().Select(level => level.GetProperty("answered").GetInt32()).ShouldBe([1, 3]);
        (provider.Bill.Completed, provider.Bill.RecognizedPages).ShouldBe((4, 4));
    }

    [Fact]
    public async Task Probe_without_a_recognition_service_says_what_to_set()
    {
        var (code, _, error) = await RunAsync([], "probe", "ocr");

        code.ShouldBe(1);
        error.ShouldContain("OCR__PROVIDER");
    }

    [Fact]
    public async Task Probe_without_a_model_says_what_to_set()
    {
        var (code, _, error) = await RunAsync([], "probe", "llm");

        code.ShouldBe(1);
        error.ShouldContain("LLM__PROVIDER");
    }

    [Fact]
    public async Task Process_with_a_paid_model_shows_what_each_document_cost()
    {
        var packet = ModelPacket.Make(40, pagesPerAccount: 3);
        var file = _folder.File("packet.pdf");
        await File.WriteAllBytesAsync(file, packet.Pdf, TestContext.Current.CancellationToken);
        await using var provider = await SimulatedModelProvider.StartAsync(
            new() { Prices = new() { InputPerMillion = 0.15m, OutputPerMillion = 0.60m } }, TestContext.Current.CancellationToken);
        provider.SetTruth([packet.Truth]);
        (string, string)[] settings =
        [
            ("LLM__PROVIDER", "openai"), ("LLM__BASE_URL", provider.BaseUrl), ("LLM__MODEL", "simulated"), ("LLM__PRICE_INPUT_PER_MILLION", "0.15"), ("LLM__PRICE_OUTPUT_PER_MILLION", "0.60"),
        ];

        var (code, output, error) = await RunAsync(settings, "process", file, "--kind", "loan");

        code.ShouldBe(0, error);
        output.ShouldContain($"Cost: ${provider.Bill.Money.ToString("0.00##########", CultureInfo.InvariantCulture)}; calls: 2; calls saved: 4");

        var (_, again, _) = await RunAsync(settings, "process", file, "--kind", "loan");

        again.ShouldContain("Cost: $0.00; calls: 0; calls saved: 6");
        provider.Bill.Completed.ShouldBe(2);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync((string Name, string Value)[] settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(ServiceProcess.Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["STORAGE__ROOT"] = _folder.File("blobs");
        start.Environment["DATABASE__CONNECTION_STRING"] = _folder.File("idp.db");
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
