using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Retrieval;

/// <summary>On whose behalf models are called for a question.</summary>
internal static class QuestionCalls
{
    /// <summary>Questions are nobody's document; equal ones share a place on the books. Someone waits for the answer.</summary>
    /// <param name="purpose">What it is asked for: a word.</param>
    /// <param name="question">The question.</param>
    public static CallContext ContextOf(string purpose, string question) => new($"{purpose}_{Fingerprint.Of(("question", question)).Value[..32]}", Priority.High, []);
}
