using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Idp.Simulators.Web;

/// <summary>Numbers that follow from a text: the same text, the same numbers, on every machine.</summary>
/// <param name="state">Where the numbers begin.</param>
internal sealed class WebDice(ulong state)
{
    private ulong _state = state;

    /// <summary>Dice for a text.</summary>
    public static WebDice For(string text) => new(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    /// <summary>From 0 up to <paramref name="count"/>, exclusive.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>Whether a thing of this probability, 0 to 1, happens.</summary>
    public bool Happens(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    /// <summary>One of them.</summary>
    public T OneOf<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>All of them in another order.</summary>
    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        for (var last = shuffled.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }

        return shuffled;
    }

    /// <summary>One step of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
