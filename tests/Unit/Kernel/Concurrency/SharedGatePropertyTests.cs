using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Kernel.Concurrency;

/// <summary>Nodes that share a gate, in whatever order things happen to them.</summary>
public sealed class SharedGatePropertyTests
{
    private static readonly ProviderGateKey Key = new("https://models.example", "ab12", "small");

    [Fact]
    public void Whatever_happens_to_nodes_they_never_pass_a_limit_together_and_everybody_who_lives_is_served() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed => new Storm(seed).Run()).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void What_was_learned_is_read_back_as_it_was_written() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed =>
        {
            var random = new Random(seed);
            var options = new GateOptions { RequestsPerMinute = random.Next(2) == 0 ? 300 : null, TokensPerMinute = random.Next(2) == 0 ? 20_000 : null };
            var state = SharedGateState.Read(null, options, TimeSpan.Zero);
            var running = new List<(BegunCall Begun, int Tokens)>();
            var (now, ends) = (TimeSpan.FromDays(20_000), 0L);
            for (var step = 0; step < 100; step++)
            {
                now += TimeSpan.FromMilliseconds(random.Next(2_000));
                var ended = running.Where(_ => random.Next(2) == 0).ToList();
                running.RemoveAll(ended.Contains);
                int[] next = [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(500))];
                var (answered, grant) = state.Answer(
                    new GateRequest("a", running.Count, [.. ended.Select(call => new EndedCall(call.Begun.Call, call.Tokens, call.Begun.TokensThrough, AnyEnd(random)))], ends, next, next.Length),
                    now, static _ => false);
                running.AddRange(grant.Begun.Zip(next));
                ends += ended.Count;

                state = SharedGateState.Read(answered.Print(), options, now);

                state.ShouldBe(answered);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private static Func<GateLearning, CallEnd, GateLearning> AnyEnd(Random random)
    {
        var (latency, pause) = (TimeSpan.FromMilliseconds(random.Next(1, 5_000)), TimeSpan.FromMilliseconds(random.Next(3_000)));
        var limits = random.Next(2) == 0 ? null : new ProviderLimits(random.Next(1, 600), random.Next(0, 600), TimeSpan.FromSeconds(random.Next(100)), 30_000, random.Next(30_000), null);
        return random.Next(6) switch
        {
            0 => (learning, end) => learning.Rejected(end, pause, limits),
            1 => static (learning, end) => learning.TimedOut(end),
            2 => static (learning, end) => learning.Failed(end),
            3 => static (learning, end) => learning.Returned(end),
            _ => (learning, end) => learning.Succeeded(end, latency, 300, limits),
        };
    }

    private sealed class Storm
    {
        private readonly Random _random;
        private readonly ManualTimeProvider _clock = new();
        private readonly GateOptions _options;
        private readonly InMemorySharedGates _shared;
        private readonly List<Node> _nodes = [];
        private readonly List<DateTimeOffset> _begun = [];
        private int _named;

        public Storm(int seed)
        {
            _random = new Random(seed);
            _shared = new InMemorySharedGates(_clock);
            _options = new GateOptions
            {
                FixedLimit = _random.Next(2) == 0 ? _random.Next(1, 10) : null,
                RequestsPerMinute = _random.Next(2) == 0 ? _random.Next(20, 400) : null,
                TokensPerMinute = _random.Next(3) == 0 ? _random.Next(2_000, 50_000) : null,
                InitialLimit = _random.Next(1, 20),
                MaximumLimit = _random.Next(1, 40),
            };
        }

        private SharedGateState State => _shared.StateOf(Key, _options);

        public void Run()
        {
            Enumerable.Range(0, _random.Next(1, 4)).ToList().ForEach(_ => Join());
            for (var step = 0; step < 150; step++)
            {
                var node = _nodes[_random.Next(_nodes.Count)];
                switch (_random.Next(12))
                {
                    case 0 or 1 or 2:
                        node.Enter(_random);
                        break;
                    case 3:
                        node.Cancel(_random);
                        break;
                    case 4 or 5 or 6:
                        node.End(_random);
                        break;
                    case 7 when _nodes.Count > 1 && _random.Next(3) == 0:
                        // Dies, and is known to or not.
                        _nodes.Remove(node);
                        node.Gate.Dispose();
                        if (_random.Next(2) == 0)
                        {
                            _shared.DeclareGone(node.Name);
                        }

                        break;
                    case 8 when _nodes.Count < 5:
                        Join();
                        break;
                    case 9:
                        (_random.Next(2) == 0 ? (Action<string>)_shared.CutOff : _shared.Reconnect)(node.Name);
                        break;
                    case 10:
                        _shared.SilentChanges = _random.Next(2);
                        _shared.LosesNotices = _random.Next(2) == 0;
                        break;
                    default:
                        _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(3_000)));
                        break;
                }

                Look();
            }

            Serve();
        }

        private void Join()
        {
            var name = FormattableString.Invariant($"node{++_named}");
            _nodes.Add(new Node(name, new SharedGate(Key, _options, _shared.At(name), _clock), mayReturn: _options.RequestsPerMinute is null));
        }

        private void Look(bool counts = true)
        {
            foreach (var node in _nodes)
            {
                var entered = node.Collect();
                _begun.AddRange(Enumerable.Repeat(_clock.GetUtcNow(), counts ? entered : 0));
            }

            _nodes.Sum(static node => node.Running.Count).ShouldBeLessThanOrEqualTo(_options.FixedLimit ?? _options.MaximumLimit);
        }

        /// <summary>With time and answers, everybody who still waits on a node that lives is let in, and nothing is left in flight.</summary>
        private void Serve()
        {
            _nodes.ForEach(node => _shared.Reconnect(node.Name));
            for (var round = 0; round < 4_000 && _nodes.Any(static node => node.Waiting.Count + node.Running.Count > 0); round++)
            {
                _nodes.ForEach(static node => node.Answer());
                _clock.Advance(TimeSpan.FromSeconds(round < 60 ? 1 : 20));
                Look(counts: round < 60);
            }

            _nodes.ShouldAllBe(static node => node.Waiting.Count == 0 && node.Running.Count == 0);
            _clock.Advance(SharedGateState.Lease + TimeSpan.FromSeconds(2));
            using var last = new SharedGate(Key, _options, _shared.At("last"), _clock);
            _ = last.EnterAsync(Priority.Normal, 0, CancellationToken.None);

            // Its word has let those go who were silent, and the one call in flight can only be its own.
            State.InFlight.ShouldBe(last.Status.InFlight);
            ShouldKeepTheRate();
        }

        private void ShouldKeepTheRate()
        {
            if (_options.RequestsPerMinute is not { } perMinute)
            {
                return;
            }

            // Seen at the end of a step of the clock of at most 3 s, so a call may have begun so much earlier.
            for (var first = 0; first < _begun.Count; first += Math.Max(1, _begun.Count / 200))
            {
                var taken = 0;
                foreach (var at in _begun.Skip(first))
                {
                    taken++;
                    taken.ShouldBeLessThanOrEqualTo((int)Math.Ceiling(perMinute * (1 + ((at - _begun[first]).TotalSeconds + 3) / 60) + 0.01));
                }
            }
        }
    }

    // A call that is given back lets another begin: then calls that began say nothing of the rate.
    private sealed class Node(string name, SharedGate gate, bool mayReturn)
    {
        public string Name => name;

        public SharedGate Gate => gate;

        public List<(Task<GatePermit> Entry, CancellationTokenSource Cancellation)> Waiting { get; } = [];

        public List<GatePermit> Running { get; } = [];

        public void Enter(Random random)
        {
            for (var entered = random.Next(1, 5); entered > 0 && Waiting.Count < 20; entered--)
            {
                var cancellation = new CancellationTokenSource();
                Waiting.Add((gate.EnterAsync((Priority)random.Next(3), random.Next(500), cancellation.Token), cancellation));
            }
        }

        public void Cancel(Random random)
        {
            foreach (var (_, cancellation) in Waiting.Where(_ => random.Next(3) == 0).ToList())
            {
                cancellation.Cancel();
            }
        }

        public void End(Random random)
        {
            foreach (var permit in Running.Where(_ => random.Next(2) == 0).ToList())
            {
                Running.Remove(permit);
                TimeSpan? retryAfter = random.Next(2) == 0 ? TimeSpan.FromMilliseconds(random.Next(3_000)) : null;
                var limits = random.Next(2) == 0 ? null : new ProviderLimits(random.Next(1, 600), random.Next(0, 600), TimeSpan.FromSeconds(random.Next(100)), null, null, null);
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
                    case 3 when mayReturn:
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

        public void Answer()
        {
            Running.ForEach(static permit => permit.Succeeded(TimeSpan.FromSeconds(1), 0, null));
            Running.Clear();
        }

        /// <summary>Takes in who was let in, and says how many.</summary>
        public int Collect()
        {
            var entered = Waiting.Where(static call => call.Entry.IsCompletedSuccessfully).ToList();
            Running.AddRange(entered.Select(static call => call.Entry.Result));
            Waiting.RemoveAll(static call => call.Entry.IsCompleted);
            return entered.Count;
        }
    }
}
