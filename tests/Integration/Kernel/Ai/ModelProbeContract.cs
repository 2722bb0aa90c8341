using Idp.Application.Kernel.Ai;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Simulators;

namespace Idp.Integration.Kernel.Ai;

/// <summary>What every probe of a model keeps.</summary>
public abstract class ModelProbeContract : IAsyncLifetime
{
    private protected IModelProbe Probe { get; set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_call_is_timed_where_there_is_a_model_and_refused_where_there_is_none()
    {
        var answer = await Probe.CallAsync("first", Ct);

        answer.IsSuccess.ShouldBe(!Probe.Identity.IsOffline);
        (answer.Value > TimeSpan.Zero).ShouldBe(answer.IsSuccess);
    }
}

public sealed class OfflineProbeTests : ModelProbeContract
{
    public override ValueTask InitializeAsync()
    {
        Probe = new OfflineProbe();
        return ValueTask.CompletedTask;
    }
}

public sealed class ModelProbeTests : ModelProbeContract
{
    private SimulatedModelProvider _provider = null!;
    private ConnectedModel _model = null!;

    public override async ValueTask InitializeAsync()
    {
        _provider = await SimulatedModelProvider.StartAsync(new(), Ct);
        _model = new ConnectedModel(ConnectedModel.Options(_provider.BaseUrl));
        Probe = _model.Probe;
    }

    public override async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _provider.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Every_call_reaches_the_provider_past_cache_and_gate()
    {
        await Probe.CallAsync("same", Ct);
        await Probe.CallAsync("same", Ct);

        _provider.Bill.Completed.ShouldBe(2);
        _model.Gate.Reports.ShouldBeEmpty();
    }
}
