using Idp.Integration;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongCollectionsFirst))]

namespace Idp.Integration;

/// <summary>Collections whose tests share something that is costly to start, and therefore run one after the other, begin first, so that none of them is left alone at the end.</summary>
public sealed class LongCollectionsFirst : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static collection => collection.TestCollectionClassName is null)];
}
