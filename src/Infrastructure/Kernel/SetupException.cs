namespace Idp.Infrastructure.Kernel;

/// <summary>The service cannot run as it is set up. The message is one sentence or two for the operator and names the mend.</summary>
public sealed class SetupException : Exception
{
    /// <summary>Makes the exception.</summary>
    public SetupException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
