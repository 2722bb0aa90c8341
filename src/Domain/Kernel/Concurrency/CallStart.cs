namespace Idp.Domain.Kernel.Concurrency;

/// <summary>What was so when a call began.</summary>
/// <param name="Sequence">Its number among the calls of the gate, from 1.</param>
/// <param name="InFlight">Calls in flight, itself among them.</param>
/// <param name="At">When it began; from any fixed origin.</param>
public readonly record struct CallStart(long Sequence, int InFlight, TimeSpan At);
