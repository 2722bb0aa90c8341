using Idp.Simulators.Answers;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Idp.Simulators.Truth;
using Idp.Simulators.Web;

namespace Idp.Simulators.Http;

/// <summary>One chat completion.</summary>
internal sealed class ChatWork : IModelWork
{
    private readonly ChatRequest _request;
    private readonly ModelQuestion _question;
    private readonly TruthLibrary _truth;
    private readonly SimulatedWeb _web;

    /// <summary>Reads the question out of the request.</summary>
    public ChatWork(ChatRequest request, TruthLibrary truth, SimulatedWeb web)
    {
        _request = request;
        _truth = truth;
        _web = web;
        _question = QuestionReader.Read(request);
        PromptTokens = TokenCounter.CountRequest(request.Messages.Select(static message => message.Text), request.Schema?.ToJsonString() ?? string.Empty);
        RequestHash = Hash.Of([request.Model, .. request.Messages.SelectMany(static message => new[] { message.Role, message.Text })]);
        PageHashes = [.. _question.Pages.Select(page => Hash.Of([_question.Task, _question.Account ?? string.Empty, $"{page.Number}", page.Text.Trim()]))];
        Pages = [.. _question.Pages.Select(static page => page.Number)];
    }

    /// <inheritdoc />
    public string Model => _request.Model;

    /// <inheritdoc />
    public string? Task => _question.Task;

    /// <inheritdoc />
    public string? Account => _question.Account;

    /// <inheritdoc />
    public IReadOnlyList<int> Pages { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> PageHashes { get; }

    /// <inheritdoc />
    public string RequestHash { get; }

    /// <inheritdoc />
    public int PromptTokens { get; }

    /// <inheritdoc />
    public ProviderError? Check(SimulatorOptions options)
    {
        var limits = options.SizeLimit;
        return ChatRules.Check(_request, options.Dialect)
            ?? (limits.ContextTokens > 0 && PromptTokens + (_request.OutputLimit ?? 0) > limits.ContextTokens
                ? ProviderErrors.ContextExceeded(limits.ContextTokens, PromptTokens, _request.OutputLimit ?? 0) : null)
            ?? (limits.RequestTokens > 0 && PromptTokens > limits.RequestTokens
                ? ProviderErrors.TooLarge(Model, limits.RequestTokens, PromptTokens, limits.TooLargeAs) : null);
    }

    /// <inheritdoc />
    public decimal Price(PriceOptions prices, ModelReply reply) =>
        ((PromptTokens * prices.InputPerMillion) + (reply.CompletionTokens * prices.OutputPerMillion)) / 1_000_000m;

    /// <inheritdoc />
    public ModelReply Compute(SimulatorOptions options, FaultDraw draw, string replyId, DateTimeOffset now)
    {
        var answer = Answerer.Answer(_question, _truth, _web);
        AnswerRows.Keep(answer, options.SizeLimit.TableRows);
        AnswerFaults.Alter(answer, _question, draw);
        if (_request.Schema is { } schema)
        {
            SchemaShape.Fit(answer, schema);
        }

        var isRefusal = draw.Has(Fault.Refusal);
        var text = isRefusal ? "I'm sorry, I cannot assist with that request." : AnswerFaults.Garble(answer.ToJsonString(AnswerText.Options), draw);
        var most = Least(_request.OutputLimit, Least(options.SizeLimit.OutputTokens, Context(options)));
        var cut = most is { } limit ? TokenCounter.Cut(text, limit) : text;
        var finish = cut.Length < text.Length ? "length" : "stop";
        var tokens = TokenCounter.Count(cut);
        var sendsUsage = options.Dialect.SendUsage && !draw.Has(Fault.MissingUsage);
        var reply = new ChatReply(replyId, Model, now.ToUnixTimeSeconds(), cut, isRefusal, finish, PromptTokens, tokens, sendsUsage);
        return new ModelReply(reply.ToJson(), tokens, finish, _request.IsStream ? reply.ToStream(_request.StreamsUsage) : null);
    }

    private int? Context(SimulatorOptions options) => options.SizeLimit.ContextTokens > 0 ? options.SizeLimit.ContextTokens - PromptTokens : null;

    /// <summary>The smaller of two limits; null and 0 are none.</summary>
    private static int? Least(int? one, int? other) =>
        one is null or 0 ? (other is 0 ? null : other) : other is null or 0 ? one : Math.Min(one.Value, other.Value);
}
