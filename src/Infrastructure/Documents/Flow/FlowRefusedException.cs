using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>A file that is understood and cannot be used.</summary>
internal sealed class FlowRefusedException(Error error) : Exception(error.Message)
{
    /// <summary>Why.</summary>
    public Error Error => error;
}
