using Idp.Application.Kernel.Ai;
using Idp.Infrastructure.Kernel.Ai.Offline;
using Idp.Unit.Kernel.Ai;

namespace Idp.Integration.Kernel.Ai;

public sealed class OfflineLanguageModelTests : LanguageModelContract
{
    [Fact]
    public async Task A_task_without_rules_says_that_it_needs_a_model()
    {
        var model = await ModelAsync();

        var answer = await model.AskAsync(TranscriptTask.Of((1, "text")), TranscriptTask.For("doc_1"), TestContext.Current.CancellationToken);

        answer.Error.ShouldBe(ModelErrors.NoRules("transcript"));
    }

    protected override Task<ILanguageModel> ModelAsync() => Task.FromResult<ILanguageModel>(new OfflineLanguageModel());
}
