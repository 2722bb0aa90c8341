using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Retrieval.Embeddings;
using Idp.Infrastructure.Retrieval.Vectors;

namespace Idp.Unit.Retrieval;

public sealed class PackedVectorsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(256)]
    [InlineData(1536)]
    [InlineData(1539)]
    public void The_product_of_packed_vectors_is_that_of_their_bytes_however_long_they_are(int length)
    {
        var random = new Random(length);
        var (values, question) = (new sbyte[length], new short[length]);
        for (var index = 0; index < length; index++)
        {
            // The extremes are where 16 bits could be too few.
            (values[index], question[index]) = (random.Next(3) == 0 ? (sbyte)-127 : (sbyte)random.Next(-127, 128), random.Next(3) == 0 ? (short)-127 : (short)random.Next(-127, 128));
        }

        PackedVectors.Product(values, question).ShouldBe(values.Zip(question, static (value, other) => value * other).Sum());
    }

    [Fact]
    public void The_nearest_are_found_among_many()
    {
        var random = new Random(1);
        var vectors = Enumerable.Range(1, 500).Select(number => new StoredVector(1, number, Direction(random, 96))).ToList();
        var question = Direction(random, 96);
        var nearest = new PriorityQueue<long, float>();

        PackedVectors.Of("doc", vectors).Offer(PackedVectors.PackQuestion(question), nearest, 40);

        var exact = vectors.OrderByDescending(stored => PackedVectors.Product(stored.Vector, question)).Take(20).Select(stored => stored.Number);
        exact.ShouldBeSubsetOf(nearest.UnorderedItems.Select(item => item.Element).ToList());
    }

    [Fact]
    public void A_unit_vector_has_the_length_1_or_there_is_none() => Prop.ForAll(
            ArbMap.Default.ArbFor<float[]>(),
            static numbers => UnitVector.Of(numbers) is not { } unit || Math.Abs(unit.Sum(static number => (double)number * number) - 1) < 1e-3)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(float.NaN, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    public void What_has_no_direction_is_no_vector(float first, float second) => UnitVector.Of([first, second]).ShouldBeNull();

    [Fact]
    public void The_journal_gives_vectors_back_as_they_were()
    {
        float[][] vectors = [[0.25f, -1e-20f, 3], [float.MaxValue, 0, -7.5f]];

        VectorText.Read(VectorText.Of(vectors)).ShouldBe(vectors);
        VectorText.Read("no vectors").ShouldBeNull();
        VectorText.Read("3:AAAA").ShouldBeNull();
    }

    private static float[] Direction(Random random, int length) => UnitVector.Of([.. Enumerable.Range(0, length).Select(_ => (float)random.NextDouble() - 0.5f)]).ShouldNotBeNull();
}
