using Idp.Application.Kernel.Ai;

namespace Idp.Integration.Kernel.Ai;

public sealed class StructuredLanguageModelTests : LanguageModelContract, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }
    }

    protected override async Task<ILanguageModel> ModelAsync()
    {
        var server = await ChatServer.StartAsync(static (question, context) => ChatServer.CompleteAsync(context, question.Transcript()));
        var model = new ConnectedModel(ConnectedModel.Options(server.BaseUrl));
        _parts.AddRange([server, model]);
        return model.Model;
    }
}
