namespace Idp.Domain.Kernel.Work;

/// <summary>The pools of workers that the kernel knows; a module names those of its own.</summary>
public static class WorkPools
{
    /// <summary>The stages of documents.</summary>
    public const string Documents = "documents";
}
