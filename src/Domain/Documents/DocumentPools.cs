namespace Idp.Domain.Documents;

/// <summary>The pools of workers of this module, besides that of all stages.</summary>
public static class DocumentPools
{
    /// <summary>Documents that wait for a service to recognise their pages: they keep no place from those that have something to do.</summary>
    public const string Recognition = "recognition";
}
