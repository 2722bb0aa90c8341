using Idp.Application.Kernel.Concurrency;

namespace Idp.Unit.Kernel.Concurrency;

/// <summary>Several nodes at one provider, in virtual time: together they are as fast as one gate, and hardly more is rejected.</summary>
public sealed class SharedGateThroughputTests
{
    private static readonly TimeSpan Service = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(1, 200)]
    [InlineData(4, 500)]
    [InlineData(16, 1000)]
    public void Nodes_at_a_provider_that_rejects_above_its_capacity_are_as_fast_as_one_gate(int capacity, int calls) =>
        ShouldBeAsGoodAsOne(new ProviderBehaviour { Capacity = capacity, Service = Service }, calls);

    [Theory]
    [InlineData(4, 500)]
    [InlineData(16, 1000)]
    public void Nodes_at_a_provider_that_queues_are_as_fast_as_one_gate(int capacity, int calls) =>
        ShouldBeAsGoodAsOne(new ProviderBehaviour { Capacity = capacity, Queues = true, Service = Service }, calls);

    [Theory]
    [InlineData(60, 300)]
    [InlineData(600, 2000)]
    public void Nodes_at_a_rate_that_only_rejections_show_are_as_fast_as_one_gate(int requestsPerMinute, int calls) =>
        ShouldBeAsGoodAsOne(new ProviderBehaviour { RequestsPerMinute = requestsPerMinute, Service = Service }, calls);

    [Theory]
    [InlineData(60, 300)]
    [InlineData(600, 2000)]
    public void Nodes_are_never_rejected_where_headers_tell_the_rate(int requestsPerMinute, int calls) =>
        GateSimulation.WithNodes(3, new ProviderBehaviour { RequestsPerMinute = requestsPerMinute, SendsHeaders = true, Service = Service }, calls)
            .Rejected.ShouldBe(0);

    [Fact]
    public void Nodes_are_never_rejected_where_the_settings_tell_the_limits() =>
        GateSimulation.WithNodes(
            3, new ProviderBehaviour { RequestsPerMinute = 120, Capacity = 6, Service = Service }, 400, new GateOptions { RequestsPerMinute = 120, FixedLimit = 6 })
            .Rejected.ShouldBe(0);

    private static void ShouldBeAsGoodAsOne(ProviderBehaviour behaviour, int calls)
    {
        var one = GateSimulation.WithGate(behaviour, calls);
        var three = GateSimulation.WithNodes(3, behaviour, calls);

        three.Wall.ShouldBeLessThanOrEqualTo(one.Wall * 1.15, $"{behaviour}: {three} instead of {one}");
        three.Rejected.ShouldBeLessThanOrEqualTo((one.Rejected * 3 / 2) + 5, $"{behaviour}: {three} instead of {one}");
    }
}
