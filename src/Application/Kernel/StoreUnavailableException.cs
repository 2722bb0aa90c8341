namespace Idp.Application.Kernel;

/// <summary>
/// A store cannot be reached for the moment: nothing is wrong with what was asked, and asking again later may succeed. Adapters of stores on other machines throw it
/// after they have tried a few times themselves.
/// </summary>
public sealed class StoreUnavailableException : IOException
{
    /// <summary>Makes the exception.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
