using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Idp.Simulators.Options;

namespace Idp.Simulators.Serving;

/// <summary>Decides which faults strike a request: those scripted for it, else by probability. The draw is a hash of seed, request and how often the same request came before, so that a run repeats whatever the interleaving, and a retry draws anew.</summary>
internal sealed class FaultDice
{
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Fault> _script = new();

    /// <summary>Strikes the next requests with these faults, one each, in the order of arrival; <see cref="Fault.None"/> spares one.</summary>
    public void Script(IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            _script.Enqueue(fault);
        }
    }

    /// <summary>Draws for one request.</summary>
    /// <param name="requestHash">The same for the same request.</param>
    /// <param name="options">The probabilities.</param>
    public FaultDraw Draw(string requestHash, FaultOptions options)
    {
        var attempt = _seen.AddOrUpdate(requestHash, 0, static (_, before) => before + 1);
        var draw = new FaultDraw(string.Create(CultureInfo.InvariantCulture, $"{options.Seed}/{requestHash}/{attempt}"), []);
        return _script.TryDequeue(out var scripted)
            ? draw with { Faults = scripted is Fault.None ? [] : [scripted] }
            : draw with { Faults = [.. Enum.GetValues<Fault>().Where(fault => draw.Number(fault.ToString()) < options.Of(fault))] };
    }

    /// <summary>Forgets what came before.</summary>
    public void Reset()
    {
        _seen.Clear();
        _script.Clear();
    }
}

/// <summary>The faults of one request, and a source of numbers of its own.</summary>
/// <param name="Key">What the numbers follow from.</param>
/// <param name="Faults">What strikes.</param>
internal sealed record FaultDraw(string Key, IReadOnlyList<Fault> Faults)
{
    /// <summary>Whether a fault strikes.</summary>
    public bool Has(Fault fault) => Faults.Contains(fault);

    /// <summary>A number from 0 up to 1, always the same for the same purpose.</summary>
    public double Number(string purpose)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Key}/{purpose}"));
        return (BitConverter.ToUInt64(hash) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A number from 0 up to <paramref name="count"/>, exclusive.</summary>
    public int Pick(string purpose, int count) => (int)(Number(purpose) * count);
}
