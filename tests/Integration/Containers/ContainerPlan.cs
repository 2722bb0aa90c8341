namespace Idp.Integration.Containers;

/// <summary>What to start in a container.</summary>
/// <param name="Image">The name of an image of <c>eng/images</c>.</param>
/// <param name="FirstPort">The first port that it serves at; the others follow it. Where the machine's network is shared, free ones are taken and <c>PORT</c> says the first.</param>
internal sealed record ContainerPlan(string Image, int FirstPort)
{
    /// <summary>The tag of an image that is there already; null to build <see cref="Image"/>.</summary>
    public string? Tag { get; init; }

    /// <summary>How many ports it serves at.</summary>
    public int PortCount { get; init; } = 1;

    /// <summary>What else to tell the engine, for the ports that the container is to serve at.</summary>
    public Func<int[], string[]> Options { get; init; } = static _ => [];

    /// <summary>What to tell the program in the container.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
