namespace Idp.Simulators.Options;

/// <summary>How many search credits there are. Both 0: as many as one likes.</summary>
public sealed record CreditOptions
{
    /// <summary>Credits of the plan. When they are billed, and there is no pay-as-you-go: 432.</summary>
    public int Plan { get; init; }

    /// <summary>Credits beyond the plan that may be paid for singly. When they are billed too: 433.</summary>
    public int PayAsYouGo { get; init; }
}
