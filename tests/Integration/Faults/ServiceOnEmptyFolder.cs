namespace Idp.Integration.Faults;

/// <summary>The service as a process of its own on an empty folder, for one test or for all of a class.</summary>
public sealed class ServiceOnEmptyFolder : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The service as it comes.</summary>
    public ServiceOnEmptyFolder()
        : this([])
    {
    }

    /// <summary>The service with these settings besides its storage.</summary>
    internal ServiceOnEmptyFolder(Dictionary<string, string> settings) => Process = new ServiceProcess(_folder.Path, settings) { KeepsAddress = true };

    internal ServiceProcess Process { get; }

    internal string Folder => _folder.Path;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => await Process.StartAsync(TestContext.Current.CancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }
}
