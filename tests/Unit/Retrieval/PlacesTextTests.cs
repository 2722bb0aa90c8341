using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Retrieval.Sql;

namespace Idp.Unit.Retrieval;

public sealed class PlacesTextTests
{
    [Fact]
    public void Places_come_back_as_they_were_to_a_ten_thousandth() => Prop.ForAll(
            Gen.ArrayOf(
                from start in Gen.Choose(0, 100_000)
                from page in Gen.Choose(1, 2000)
                from x in Gen.Choose(0, 10_000)
                from y in Gen.Choose(0, 10_000)
                select new TextPlace(start, 12, page, new Box(x / 10_000.0, y / 10_000.0, 0.25, 0.0125))).ToArbitrary(),
            static places => PlacesText.Parse(PlacesText.Of(places)).SequenceEqual(places))
        .QuickCheckThrowOnFailure();
}
