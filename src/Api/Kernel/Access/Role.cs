namespace Idp.Api.Kernel.Access;

/// <summary>What a caller may do. Each role may do what the ones before it may; docs/operations.md has the table.</summary>
internal enum Role
{
    /// <summary>Reads everything and changes nothing.</summary>
    Viewer,

    /// <summary>Takes documents in, runs, stops and reviews them.</summary>
    Operator,

    /// <summary>Everything: also what concerns everybody (budgets, schemas, the processor) or cannot be taken back (deleting).</summary>
    Admin,
}
