using Idp.Api.Kernel.Settings;
using Idp.Infrastructure.Kernel.Ai;
using Microsoft.Extensions.Configuration;

namespace Idp.Unit.Kernel.Ai;

public sealed class LanguageModelOptionsTests
{
    [Fact]
    public void Nothing_set_means_rules_and_no_model() => Faults().ShouldBeEmpty();

    [Fact]
    public void Any_compatible_server_needs_an_address_and_a_model() =>
        Faults(("PROVIDER", "openai"), ("BASE_URL", "http://127.0.0.1:11434/v1"), ("MODEL", "llama3")).ShouldBeEmpty();

    [Fact]
    public void Openai_itself_needs_a_key() => Faults(("PROVIDER", "openai"), ("MODEL", "gpt-4o")).ShouldHaveSingleItem().ShouldContain("LLM__API_KEY must be set");

    [Theory]
    [InlineData("localhost:8080/v1", "must begin with http:// or https://")]
    [InlineData("v1", "must be an absolute address")]
    [InlineData("ftp://x/v1", "must begin with http:// or https://")]
    [InlineData("https://me:hush@x/v1", "must not hold a name or password")]
    [InlineData("https://x/v1#top", "must not hold a fragment")]
    public void An_address_that_cannot_be_asked_is_refused(string address, string why) =>
        Faults(("PROVIDER", "openai"), ("MODEL", "m"), ("BASE_URL", address)).ShouldHaveSingleItem().ShouldContain(why);

    [Fact]
    public void All_faults_are_listed_and_the_key_is_not_shown()
    {
        var faults = Faults(
            ("PROVIDER", "openai"), ("BASE_URL", "nowhere"), ("API_KEY", "sk hush"), ("TIMEOUT_SECONDS", "0"), ("PRICE_INPUT_PER_MILLION", "1"),
            ("PRICE_CACHED_INPUT_PER_MILLION", "2"));

        faults.Count.ShouldBe(6);
        string.Join('\n', faults).ShouldNotContain("hush");
    }

    private static IReadOnlyList<string> Faults(params (string Name, string Value)[] settings)
    {
        var reader = new SettingsReader(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create("LLM:" + setting.Name, (string?)setting.Value))).Build());
        reader.Read<LanguageModelOptions>("LLM");
        try
        {
            reader.ThrowOnFaults();
            return [];
        }
        catch (SettingsException exception)
        {
            return exception.Faults;
        }
    }
}
