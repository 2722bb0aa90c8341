using System.Net;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;

namespace Idp.Integration.Simulators;

public sealed class EmbeddingTests : SimulatorTest
{
    [Fact]
    public async Task Vectors_come_by_index_have_length_one_and_are_nearer_for_shared_words()
    {
        await StartAsync();

        var reply = await AskAsync(new JsonArray("monthly loan payment", "monthly loan payment due", "plum cake recipe"));

        var vectors = reply.Json["data"]!.AsArray().OrderBy(item => (int)item!["index"]!).Select(item => item!["embedding"]!.AsArray().Select(number => (double)number!).ToList()).ToList();
        vectors.ShouldAllBe(vector => Math.Abs(Product(vector, vector) - 1) < 1e-5);
        Product(vectors[0], vectors[1]).ShouldBeGreaterThan(Product(vectors[0], vectors[2]) + 0.3);
    }

    [Fact]
    public async Task Base64_holds_the_same_numbers()
    {
        await StartAsync();
        var numbers = (await AskAsync("a b c")).Json["data"]![0]!["embedding"]!.AsArray().Select(number => (float)number!).ToList();

        var bytes = Convert.FromBase64String((string)(await AskAsync("a b c", format: "base64")).Json["data"]![0]!["embedding"]!);

        Enumerable.Range(0, bytes.Length / 4).Select(index => BitConverter.ToSingle(bytes, index * 4)).ShouldBe(numbers);
    }

    [Fact]
    public async Task They_are_billed_at_their_own_price()
    {
        await StartAsync(new SimulatorOptions { Prices = new() { EmbeddingPerMillion = 10, InputPerMillion = 1_000 } });

        var usage = (await AskAsync("one two three")).Json["usage"]!;

        Provider.Bill.Money.ShouldBe((int)usage["prompt_tokens"]! * 10 / 1_000_000m);
    }

    [Fact]
    public async Task Too_many_or_too_long_items_are_400()
    {
        await StartAsync();

        (await AskAsync(new JsonArray([.. Enumerable.Range(0, 2_049).Select(number => (JsonNode)$"{number}")]))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await AskAsync(string.Concat(Enumerable.Repeat("word ", 8_193)))).Error.ShouldBe("context_length_exceeded");
        (await AskAsync(new JsonArray())).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private Task<Reply> AskAsync(JsonNode input, string? format = null)
    {
        var body = new JsonObject { ["model"] = "e", ["input"] = input };
        if (format is not null)
        {
            body["encoding_format"] = format;
        }

        return SendAsync(body, "/v1/embeddings");
    }

    private static double Product(List<double> one, List<double> other) => one.Zip(other, (left, right) => left * right).Sum();
}
