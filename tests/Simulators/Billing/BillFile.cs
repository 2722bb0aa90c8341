using System.Text.Json;

namespace Idp.Simulators.Billing;

/// <summary>Appends one line of JSON for each billed call and hands it to the operating system at once, so that it outlives this process.</summary>
internal sealed class BillFile(string path) : IDisposable
{
    private readonly FileStream _stream = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    /// <summary>Writes one call. Not safe to call concurrently: the bill's lock guards it.</summary>
    public void Append(BilledCall call)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(call, SimulatorJson.Default.BilledCall);
        _stream.Write([.. line, (byte)'\n']);
        _stream.Flush();
    }

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();
}
