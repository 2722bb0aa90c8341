using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Integration.Kernel;

/// <summary>Calls as a document's extraction makes them.</summary>
internal static class CallSamples
{
    public const string Document = "doc_0197aaaaaaaa7000800000000000000a";

    public static readonly ModelIdentity Model = new("openai", "small", "http://models.test/v1");

    public static Money Cents(decimal cents) => Money.FromDollars(cents / 100);

    public static Fingerprint Key(string request = "pages 1 and 2") => Fingerprint.Of(("request", request));

    public static ModelReply Reply(string content = """{"fields":[]}""", params int[] pages) =>
        new(content, ModelStop.Finished, new TokenUsage(1_200, 300, 200), pages.ToValueList());

    /// <summary>An intent that counts against its subject, its batch and the day.</summary>
    public static CallIntent Intent(DateTimeOffset at, TimeProvider clock, string subject = Document, string? batch = null, string request = "pages 1 and 2")
    {
        List<BudgetScope> scopes = [BudgetScope.Of(subject), BudgetScope.Day(at)];
        if (batch is not null)
        {
            scopes.Add(BudgetScope.Of(batch));
        }

        return new CallIntent(StrongId.New<CallId>(clock), Key(request), "extraction", Model, subject, batch, scopes.ToValueList(), [1, 2], at);
    }
}
