using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Settings;
using Idp.Application.Documents;
using Idp.Application.Kernel;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Telemetry;
using Microsoft.Extensions.Configuration;

namespace Idp.Unit.Api;

public sealed class SettingsReaderTests
{
    [Theory]
    [InlineData("BATCH:MAX_CONCURRENT_DOCUMENTS")]
    [InlineData("Batch:MaxConcurrentDocuments")]
    [InlineData("batch:max_concurrent_documents")]
    public void Reads_a_setting_however_its_name_is_spelled(string key) =>
        Reader([(key, "7")]).Read<ProcessingOptions>("BATCH").MaxConcurrentDocuments.ShouldBe(7);

    [Fact]
    public void A_later_source_wins_even_when_it_spells_the_name_otherwise() => Reader([("Batch:MaxWorkersPerDocument", "2")], [("BATCH:MAX_WORKERS_PER_DOCUMENT", "9")])
        .Read<ProcessingOptions>("BATCH").MaxWorkersPerDocument.ShouldBe(9);

    [Fact]
    public void Keeps_the_default_of_what_is_not_set_or_set_to_nothing()
    {
        var options = Reader([("BATCH:MAX_WORKERS_PER_DOCUMENT", "")]).Read<ProcessingOptions>("BATCH");

        options.ShouldBeEquivalentTo(new ProcessingOptions());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData("1", true)]
    [InlineData("off", false)]
    public void Reads_switches_as_people_write_them(string text, bool expected) =>
        Reader([("BATCH:ENABLE_PAGE_PARALLELISM", text)]).Read<ProcessingOptions>("BATCH").EnablePageParallelism.ShouldBe(expected);

    [Fact]
    public void Lists_all_faults_of_all_sections_at_once()
    {
        var reader = Reader([("BATCH:MAX_CONCURRENT_DOCUMENTS", "many"), ("LIMITS:MAX_PAGES", "0"), ("LLM:PROVIDER", "oracle")]);
        reader.Read<ProcessingOptions>("BATCH");
        reader.Read<LimitOptions>("LIMITS");
        reader.Read<LanguageModelOptions>("LLM");

        Should.Throw<SettingsException>(reader.ThrowOnFaults).Faults.ShouldBe(
        [
            "BATCH__MAX_CONCURRENT_DOCUMENTS is 'many' but must be a whole number.",
            "LIMITS__MAX_PAGES is '0' but must be from 1 to 100000.",
            "LLM__PROVIDER is 'oracle' but this version knows only 'offline', 'openai'.",
        ]);
    }

    [Fact]
    public void Says_only_the_lower_end_of_a_range_without_an_upper_one()
    {
        var reader = Reader([("LIMITS:MAX_UPLOAD_BYTES", "-1")]);
        reader.Read<LimitOptions>("LIMITS");

        Should.Throw<SettingsException>(reader.ThrowOnFaults).Faults.ShouldBe(["LIMITS__MAX_UPLOAD_BYTES is '-1' but must be at least 1."]);
    }

    [Fact]
    public void Never_shows_a_secret()
    {
        var reader = Reader([("THING:API_KEY", "hunter2"), ("AUTH:KEYS", "admin:hunter2")]);
        reader.Read<WithSecret>("THING");
        reader.Read<AccessOptions>("AUTH");

        var fault = Should.Throw<SettingsException>(reader.ThrowOnFaults);
        fault.Faults.Count.ShouldBe(2);
        fault.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void Names_the_settings_of_our_sections_that_nothing_reads()
    {
        var reader = Reader([("BATCH:MAX_DOCUMENTS", "3"), ("BATCH:MAX_WORKERS_PER_DOCUMENT", "3"), ("PATHS:X", "y")]);
        reader.Read<ProcessingOptions>("BATCH");

        reader.UnknownIn(new[] { "BATCH" }.ToFrozenSet(StringComparer.Ordinal)).ShouldBe(["BATCH__MAX_DOCUMENTS"]);
    }

    [Fact]
    public void Reads_a_standard_variable_by_its_own_name()
    {
        var reader = Reader([("OTEL_EXPORTER_OTLP_ENDPOINT", "http://first:4317")], [("otel_exporter_otlp_endpoint", "http://collector:4317")]);

        reader.Read<TelemetryOptions>("OTEL").OtlpEndpoint.ShouldBe("http://collector:4317");
    }

    [Theory]
    [InlineData("collector:4317")]
    [InlineData("ftp://user:hunter2@collector")]
    public void Refuses_a_collector_without_an_http_address_and_does_not_repeat_it(string address)
    {
        var reader = Reader([("OTEL_EXPORTER_OTLP_ENDPOINT", address)]);
        reader.Read<TelemetryOptions>("OTEL");

        Should.Throw<SettingsException>(reader.ThrowOnFaults).Faults.ShouldBe(["OTEL: OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address."]);
    }

    private static SettingsReader Reader(params (string Key, string Value)[][] sources)
    {
        var builder = new ConfigurationBuilder();
        foreach (var source in sources)
        {
            builder.AddInMemoryCollection(source.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        }

        return new SettingsReader(builder.Build());
    }

    private sealed class WithSecret
    {
        [MaxLength(3)]
        public string ApiKey { get; init; } = string.Empty;
    }
}
