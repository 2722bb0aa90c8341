using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Kernel.Concurrency;

public sealed class GatePropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(150);

    [Fact]
    public void Whatever_happens_the_limits_hold_and_every_permit_comes_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed => Storm(seed)).Check(Runs);

    [Fact]
    public void A_bucket_never_gives_more_than_it_holds_and_what_runs_in() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed =>
        {
            var random = new Random(seed);
            var bucket = TokenBucket.PerMinute(random.Next(1, 1000), TimeSpan.Zero);
            var (capacity, perSecond) = (bucket.Capacity, bucket.PerSecond);
            var takes = new List<(TimeSpan At, double Amount)>();
            var now = TimeSpan.Zero;
            for (var step = 0; step < 200; step++)
            {
                now += TimeSpan.FromMilliseconds(random.Next(0, 2000));
                var amount = random.Next(1, 1 + (int)capacity);
                if (bucket.WaitFor(amount, now) == TimeSpan.Zero)
                {
                    bucket = bucket.Take(amount, now);
                    takes.Add((now, amount));
                }
            }

            for (var first = 0; first < takes.Count; first++)
            {
                var taken = 0.0;
                foreach (var (at, amount) in takes.Skip(first))
                {
                    taken += amount;
                    taken.ShouldBeLessThanOrEqualTo(capacity + (perSecond * (at - takes[first].At).TotalSeconds) + 0.001);
                }
            }
        }).Check(Runs);

    [Fact]
    public void A_bucket_can_be_taken_from_after_the_wait_that_it_names() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed =>
        {
            var random = new Random(seed);
            var bucket = TokenBucket.PerMinute(random.Next(1, 1000), TimeSpan.Zero).Take(random.Next(0, 2000), TimeSpan.Zero);
            var amount = random.Next(1, 3000);

            var wait = bucket.WaitFor(amount, TimeSpan.Zero);

            bucket.WaitFor(amount, wait).ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
        }).Check(Runs);

    /// <summary>Calls of all priorities and sizes come, are cancelled, end in every way, while time goes on.</summary>
    private static void Storm(int seed)
    {
        var random = new Random(seed);
        var clock = new ManualTimeProvider();
        var options = new GateOptions
        {
            FixedLimit = random.Next(4) == 0 ? random.Next(1, 10) : null,
            RequestsPerMinute = random.Next(3) == 0 ? random.Next(20, 500) : null,
            TokensPerMinute = random.Next(3) == 0 ? random.Next(2_000, 50_000) : null,
            InitialLimit = random.Next(1, 40),
            MaximumLimit = random.Next(1, 60),
        };
        using var gate = new AdaptiveGate(options, clock);
        var most = options.FixedLimit ?? options.MaximumLimit;
        var waiting = new List<(Task<GatePermit> Entry, CancellationTokenSource Cancellation)>();
        var running = new List<GatePermit>();

        for (var step = 0; step < 300; step++)
        {
            switch (random.Next(4))
            {
                case 0:
                    for (var entered = 0; entered < 5; entered++)
                    {
                        var cancellation = new CancellationTokenSource();
                        waiting.Add((gate.EnterAsync((Priority)random.Next(3), random.Next(500), cancellation.Token), cancellation));
                    }

                    break;
                case 1:
                    foreach (var (_, cancellation) in waiting.Where(_ => random.Next(3) == 0).ToList())
                    {
                        cancellation.Cancel();
                    }

                    break;
                case 2:
                    foreach (var permit in running.Where(_ => random.Next(2) == 0).ToList())
                    {
                        var before = gate.Status.InFlight;
                        End(permit, random);
                        running.Remove(permit);
                        gate.Status.InFlight.ShouldBeLessThanOrEqualTo(Math.Max(before - 1, gate.Status.Limit), "nobody begins above the limit");
                    }

                    break;
                default:
                    clock.Advance(TimeSpan.FromMilliseconds(random.Next(5_000)));
                    break;
            }

            Collect();
            var status = gate.Status;
            status.InFlight.ShouldBe(running.Count);
            status.Waiting.ShouldBe(waiting.Count);
            status.Limit.ShouldBeInRange(1, most);
            status.InFlight.ShouldBeLessThanOrEqualTo(most);
        }

        // Nobody starves: with time and answers, everybody who still waits is let in.
        for (var round = 0; round < 3_000 && waiting.Count + running.Count > 0; round++)
        {
            running.ForEach(static permit => permit.Succeeded(TimeSpan.FromSeconds(1), 0, null));
            running.Clear();
            clock.Advance(TimeSpan.FromSeconds(10));
            Collect();
        }

        waiting.ShouldBeEmpty();
        gate.Status.InFlight.ShouldBe(0);

        void Collect()
        {
            running.AddRange(waiting.Where(static call => call.Entry.IsCompletedSuccessfully).Select(static call => call.Entry.Result));
            waiting.RemoveAll(static call => call.Entry.IsCompleted);
        }
    }

    private static void End(GatePermit permit, Random random)
    {
        TimeSpan? retryAfter = random.Next(2) == 0 ? TimeSpan.FromMilliseconds(random.Next(3_000)) : null;
        var limits = random.Next(3) switch
        {
            0 => null,
            1 => new ProviderLimits(random.Next(1, 600), random.Next(0, 600), TimeSpan.FromSeconds(random.Next(100)), null, null, null),
            _ => new ProviderLimits(null, null, null, random.Next(1_000, 100_000), random.Next(0, 100_000), TimeSpan.FromSeconds(random.Next(100))),
        };
        switch (random.Next(7))
        {
            case 0:
                permit.RateLimited(retryAfter, limits);
                break;
            case 1:
                permit.TimedOut();
                break;
            case 2:
                permit.Failed();
                break;
            case 3:
                permit.Dispose();
                break;
            case 4:
                permit.Refused();
                break;
            default:
                permit.Succeeded(TimeSpan.FromMilliseconds(random.Next(5_000)), random.Next(800), limits);
                break;
        }
    }
}
