using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Costs;

/// <summary>Every expected failure about budgets and the usage report.</summary>
public static class BudgetErrors
{
    /// <summary>What was named can have no budget.</summary>
    public static Error UnknownScope() => new(
        ErrorKind.NotFound, "budget.unknown-scope",
        "There are budgets for day, day:YYYY-MM-DD, document, and the id of a document, batch or job (doc_…, bat_…, job_…).");
}
