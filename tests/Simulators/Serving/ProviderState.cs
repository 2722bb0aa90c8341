using Idp.Simulators.Billing;
using Idp.Simulators.Options;
using Idp.Simulators.Truth;
using Idp.Simulators.Web;

namespace Idp.Simulators.Serving;

/// <summary>All that a running provider holds.</summary>
internal sealed class ProviderState : IDisposable
{
    private readonly Lock _gate = new();
    private volatile SimulatorOptions _options;
    private volatile TruthLibrary _truth = TruthLibrary.Empty;
    private volatile SimulatedWeb _web;

    /// <summary>Begins with these settings.</summary>
    public ProviderState(SimulatorOptions options, TimeProvider clock)
    {
        Clock = clock;
        Rates = new RateLimits(clock);
        Bill = new Bill(options.Billing.File is { } file ? new BillFile(file) : null);
        _options = options;
        _web = new SimulatedWeb([], options.Web);
        Apply(options);
    }

    /// <summary>The clock of latencies and limits.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The places.</summary>
    public CapacityGate Places { get; } = new();

    /// <summary>The limits per minute.</summary>
    public RateLimits Rates { get; }

    /// <summary>The faults.</summary>
    public FaultDice Dice { get; } = new();

    /// <summary>The bill.</summary>
    public Bill Bill { get; }

    /// <summary>The requests.</summary>
    public RequestLog Log { get; } = new();

    /// <summary>The settings now.</summary>
    public SimulatorOptions Options => _options;

    /// <summary>The truth now.</summary>
    public TruthLibrary Truth
    {
        get => _truth;
        set => _truth = value;
    }

    /// <summary>The web now.</summary>
    public SimulatedWeb Web => _web;

    /// <summary>Puts these companies in place of all that were given so far.</summary>
    public void SetWeb(IReadOnlyList<WebCompany> companies)
    {
        lock (_gate)
        {
            _web = new SimulatedWeb(companies, _options.Web);
        }
    }

    /// <summary>Changes the settings in one step; requests that run keep what they began with, except for places.</summary>
    public SimulatorOptions Change(Func<SimulatorOptions, SimulatorOptions> change)
    {
        lock (_gate)
        {
            var changed = change(_options).Checked();
            Apply(changed);
            _web = new SimulatedWeb(_web.Given, changed.Web);
            return _options = changed;
        }
    }

    /// <summary>A new bill, an empty log, full buckets, no script. Settings and truth stay.</summary>
    public void Reset()
    {
        Bill.Reset();
        Log.Clear();
        Dice.Reset();
        Rates.Reset();
        Places.ResetCounters();
    }

    /// <summary>The bill now.</summary>
    public BillSnapshot BillNow()
    {
        var (atOnce, waiting) = Places.Most;
        return Bill.Snapshot(atOnce, waiting);
    }

    /// <inheritdoc />
    public void Dispose() => Bill.Dispose();

    private void Apply(SimulatorOptions options)
    {
        Places.Resize(options.Capacity.AtOnce);
        Rates.Configure(options.RateLimit);
    }
}
