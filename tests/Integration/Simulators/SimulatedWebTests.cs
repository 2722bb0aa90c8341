using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Web;

namespace Idp.Integration.Simulators;

public sealed class SimulatedWebTests : SearchSimulatorTest
{
    private static readonly WebOptions Options = new();

    [Fact]
    public void The_same_seed_invents_the_same_pages_and_another_seed_others()
    {
        var web = new SimulatedWeb([], Options);
        var other = new SimulatedWeb([], Options with { Seed = 2 });

        Texts(new SimulatedWeb([], Options)).ShouldBe(Texts(web));
        Texts(other).ShouldNotBe(Texts(web));

        static List<string> Texts(SimulatedWeb web) => [.. InventedNames.Take(20).SelectMany(name => web.FindByQuery($"\"{name}\"")!.Pages.Select(page => page.Text))];
    }

    [Fact]
    public void Every_fact_stands_on_its_page_word_for_word()
    {
        var web = new SimulatedWeb([], Options);

        var companies = InventedNames.Take(100).Select(name => web.FindByQuery($"\"{name}\"")!).ToList();

        companies.SelectMany(company => company.Pages).SelectMany(page => page.Facts!.Select(fact => (page.Text, fact.Quote)))
            .ShouldAllBe(pair => pair.Text.Contains(pair.Quote, StringComparison.Ordinal));
        companies.Select(company => company.Tier).Distinct().ShouldBe(["HOT", "WATCH", "COLD"], ignoreOrder: true);
        companies.ShouldAllBe(company => company.Pages.Any(page => page.Relevance < 0.4) && company.Pages.Count <= 20);
    }

    [Fact]
    public void Some_pages_are_as_long_as_they_may_be_and_none_is_longer()
    {
        var web = new SimulatedWeb([], Options);

        var lengths = InventedNames.Take(40).SelectMany(name => web.FindByQuery($"\"{name}\"")!.Pages.Select(page => page.Text.Length)).ToList();

        lengths.Max().ShouldBeInRange(Options.LongestPage - 200, Options.LongestPage + 2_000);
        lengths.Count(length => length > 20_000).ShouldBeLessThan(lengths.Count / 20);
    }

    [Fact]
    public void The_same_news_stands_on_two_pages()
    {
        var company = new SimulatedWeb([], Options).FindByQuery("\"Alderbrook Labs\"")!;

        company.Pages.GroupBy(page => page.Text).Where(same => same.Count() > 1).ShouldHaveSingleItem().Count().ShouldBe(2);
    }

    [Fact]
    public void A_thousand_names_are_different()
    {
        var names = InventedNames.Take(1_000);

        names.Distinct().Count().ShouldBe(1_000);
        names.Take(10).ShouldBe(InventedNames.Take(10));
    }

    [Theory]
    [InlineData("\"Alderbrook Labs\" GPU demand", "Alderbrook Labs")]
    [InlineData("Alderbrook Labs GPU training compute", "Alderbrook Labs")]
    [InlineData("Alderbrook Labs training compute", "Alderbrook Labs")]
    [InlineData("lower case names, too", "lower")]
    [InlineData("Heath & Moss Textiles funding", "Heath & Moss Textiles")]
    public void The_name_is_found_in_a_query(string query, string name) => new SimulatedWeb([], Options).FindByQuery(query)!.Name.ShouldBe(name);

    [Fact]
    public void A_known_name_is_found_wherever_it_stands_and_the_longest_wins()
    {
        var web = new SimulatedWeb([Company("Heath"), Company("Heath Foods")], Options with { Companies = ["Heath Foods Asia"], Invents = false });

        web.FindByQuery("compute demand of HEATH foods?")!.Name.ShouldBe("Heath Foods");
        web.FindByQuery("compute demand of heath-foods asia")!.Name.ShouldBe("Heath Foods Asia");
        web.FindByQuery("Somebody else").ShouldBeNull();
    }

    [Theory]
    [InlineData("Alderbrook Labs")]
    [InlineData("Ö & Söhne / 100 % + Co.")]
    public void An_invented_page_leads_back_to_its_company(string name)
    {
        var web = new SimulatedWeb([], Options);
        var company = web.FindByQuery($"\"{name}\"")!;

        company.Pages.ShouldAllBe(page => web.FindByUrl(page.Url)!.Name == name);
        web.FindByUrl("https://somewhere.example/else").ShouldBeNull();
    }

    [Fact]
    public async Task Companies_can_be_given_over_http_and_a_quote_that_is_not_on_its_page_is_refused()
    {
        const string company = """{"companies":[{"name":"Marl Optics","tier":"WATCH","score":50,"classification":"c","pages":[{"url":"https://m.example/","title":"t","text":"We rent\nGPUs.","relevance":0.9,"facts":[{"text":"Rents","quote":"We rent GPUs."}]}]}]}""";
        await StartAsync();
        using var http = new HttpClient();
        using var right = new StringContent(company);
        using var wrong = new StringContent(company.Replace("We rent GPUs.", "We buy GPUs.", StringComparison.Ordinal));

        (await http.PutAsync(new Uri(Provider.BaseAddress, "/simulator/web"), right, Ct)).IsSuccessStatusCode.ShouldBeTrue();
        (await http.PutAsync(new Uri(Provider.BaseAddress, "/simulator/web"), wrong, Ct)).IsSuccessStatusCode.ShouldBeFalse();

        (await SearchAsync(Query("Marl Optics"))).Urls.ShouldBe(["https://m.example/"]);
        Should.Throw<JsonException>(() => WebFiles.Read(JsonNode.Parse("{}")));
    }
}
