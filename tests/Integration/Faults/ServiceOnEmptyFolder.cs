namespace Idp.Integration.Faults;

/// <summary>The service as a process of its own on an empty folder, for one test or for all of a class.</summary>
public sealed class ServiceOnEmptyFolder : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public ServiceOnEmptyFolder() => Process = new ServiceProcess(_folder.Path) { KeepsAddress = true };

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
