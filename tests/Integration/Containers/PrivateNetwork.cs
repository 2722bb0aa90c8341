namespace Idp.Integration.Containers;

/// <summary>A network of a test's own, in which containers find each other by name.</summary>
internal sealed class PrivateNetwork : IAsyncDisposable
{
    private PrivateNetwork(string name, string gateway) => (Name, Gateway) = (name, gateway);

    /// <summary>What the engine calls it.</summary>
    public string Name { get; }

    /// <summary>The address of this machine in it.</summary>
    public string Gateway { get; }

    /// <summary>Makes a network, or skips the test where there is no container engine, or one without networks.</summary>
    public static async Task<PrivateNetwork> CreateAsync()
    {
        await ContainerEngine.RequireAsync();
        Assert.SkipUnless(await ContainerEngine.HasBridgeAsync(), "The container engine has no bridge, and so no networks of their own.");
        var name = $"idp-test-{Guid.CreateVersion7():N}";
        await ContainerEngine.DockerAsync("network", "create", "--label", ContainerEngine.Label, name);
        var gateway = await ContainerEngine.DockerAsync("network", "inspect", name, "--format", "{{(index .IPAM.Config 0).Gateway}}");
        return new PrivateNetwork(name, gateway.Trim());
    }

    /// <summary>How to start a container in it that others find by this name.</summary>
    public string[] OptionsFor(string alias) => ["--network", Name, "--network-alias", alias];

    /// <summary>Takes a container out of it: what it sends is lost, and nobody is told.</summary>
    public Task CutOffAsync(string container) => ContainerEngine.DockerAsync("network", "disconnect", "--force", Name, container);

    /// <summary>Lets a container in again.</summary>
    public Task ReconnectAsync(string container) => ContainerEngine.DockerAsync("network", "connect", Name, container);

    public async ValueTask DisposeAsync() => await ContainerEngine.DockerAsync("network", "rm", Name);
}
