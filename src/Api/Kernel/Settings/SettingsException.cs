namespace Idp.Api.Kernel.Settings;

/// <summary>One or more settings are wrong; the message lists all of them, with the mend.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception($"The settings are not valid:{string.Concat(faults.Select(fault => $"\n  - {fault}"))}")
{
    /// <summary>One sentence a fault.</summary>
    public IReadOnlyList<string> Faults => faults;
}
