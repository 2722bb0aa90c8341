using System.ComponentModel.DataAnnotations;

namespace Idp.Api.Kernel.Access;

/// <summary>Who may call; section <c>AUTH</c>. Only read to make <see cref="AccessKeys"/>, and then forgotten.</summary>
internal sealed class AccessOptions : IValidatableObject
{
    /// <summary>The API keys: <c>role:key,role:key</c>.</summary>
    /// <value>Default empty: no key is asked for, and only loopback addresses are listened on.</value>
    public string Keys { get; init; } = string.Empty;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var faults = new List<string>();
        AccessKeys.Parse(Keys, faults);
        return faults.Select(static fault => new ValidationResult(fault));
    }
}
