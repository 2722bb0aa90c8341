namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>Remembers how the model is to be asked, for all calls of the process.</summary>
internal sealed class ModelDialect(OpenAiAddress address)
{
    private readonly Lock _lock = new();
    private Manners _manners = Manners.ToBeginWith(address);

    /// <summary>What is known now.</summary>
    public Manners Manners
    {
        get
        {
            lock (_lock)
            {
                return _manners;
            }
        }
    }

    /// <summary>Learns from a refusal.</summary>
    /// <param name="used">How the request was asked.</param>
    /// <param name="error">The refusal.</param>
    /// <param name="asked">The limit of the reply that was sent.</param>
    /// <param name="isNew">True when nobody had learned this before.</param>
    /// <returns>True when the request is worth sending again.</returns>
    public bool TryLearn(Manners used, ProviderError error, int asked, out bool isNew)
    {
        lock (_lock)
        {
            isNew = false;
            if (_manners != used)
            {
                // Another call has learned in the meantime.
                return true;
            }

            if (used.LearnFrom(error, asked) is not { } lesson)
            {
                return false;
            }

            (_manners, isNew) = (lesson, true);
            return true;
        }
    }
}
