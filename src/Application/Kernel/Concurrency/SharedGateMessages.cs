using Idp.Domain.Kernel.Concurrency;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>What a node last said of itself.</summary>
/// <param name="Node">Its name.</param>
/// <param name="InFlight">Its calls in flight.</param>
/// <param name="Waiting">Its callers in line.</param>
/// <param name="NextTokens">Tokens of the first in line; 0 when nobody waits.</param>
/// <param name="LastBegun">The number of the last call that it began; 0 when it began none.</param>
/// <param name="EndsTaken">How many ends of its calls were taken in.</param>
/// <param name="SeenAt">When it said so.</param>
internal sealed record NodeShare(string Node, int InFlight, int Waiting, int NextTokens, long LastBegun, long EndsTaken, TimeSpan SeenAt);

/// <summary>How a call ended.</summary>
/// <param name="Call">The call.</param>
/// <param name="Tokens">Its tokens, as estimated.</param>
/// <param name="TokensThrough">Tokens of all calls up to this one.</param>
/// <param name="Learn">What is learned of it.</param>
internal readonly record struct EndedCall(CallStart Call, int Tokens, long TokensThrough, Func<GateLearning, CallEnd, GateLearning> Learn);

/// <summary>What a node says and asks for.</summary>
/// <param name="Node">Its name.</param>
/// <param name="InFlight">Its calls in flight, without the ended ones.</param>
/// <param name="Ended">Calls that ended and that it does not know to have been taken in, in order.</param>
/// <param name="EndsBefore">How many ended before these.</param>
/// <param name="Next">Tokens of the callers who are next in line, in order.</param>
/// <param name="Waiting">Callers in line in all.</param>
internal sealed record GateRequest(string Node, int InFlight, IReadOnlyList<EndedCall> Ended, long EndsBefore, IReadOnlyList<int> Next, int Waiting);

/// <summary>A call that may begin.</summary>
/// <param name="Call">The call.</param>
/// <param name="TokensThrough">Tokens of all calls up to this one.</param>
internal readonly record struct BegunCall(CallStart Call, long TokensThrough);

/// <summary>What a node is answered.</summary>
/// <param name="Begun">Calls that begin now: the first of those who are in line.</param>
/// <param name="AskAfter">When to ask again for those who still wait; null when nobody does.</param>
/// <param name="TellsOthers">Other nodes may begin calls now.</param>
internal sealed record GateGrant(IReadOnlyList<BegunCall> Begun, TimeSpan? AskAfter, bool TellsOthers);
